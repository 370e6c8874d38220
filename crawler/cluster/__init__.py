"""Several processes, one crawl: each shard is a plain job over the sites a hash gives it."""
