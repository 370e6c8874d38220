"""A web of twenty hosts on this machine's loopback addresses, each with one story to tell."""
