"""Internet scale: the real frontier, exchange and snapshots on samples, arithmetic for the rest."""
