"""The policies that come with the crawler, as TOML files to read, copy and change."""
