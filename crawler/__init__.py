"""A polite web crawler that hears opt-outs and keeps the proof."""

__version__ = "1.0.0"
