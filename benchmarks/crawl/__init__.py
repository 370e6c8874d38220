"""Crawl real documentation pages on loopback with ours, the bare floor and the peers."""
