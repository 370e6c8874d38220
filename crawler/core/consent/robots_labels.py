"""The labels of robots.txt lines, by each spelling that is understood."""

from __future__ import annotations

# Records that are neither access rules nor groups, and matter to somebody.
_RECORDS = [
    "content-usage",
    "content-signal",
    "license",
    "crawl-delay",
    "request-rate",
    "visit-time",
    "noindex",
    "disallowaitraining",
    "ai-training",
    "prohibits",
    "sitemap",
]
LABELS = {name: name for name in ("user-agent", "allow", "disallow", *_RECORDS)}
# Spellings that Google's open-source parser accepts.
MISSPELT = {
    "useragent": "user-agent",
    "user agent": "user-agent",
    "user_agent": "user-agent",
    "dissallow": "disallow",
    "dissalow": "disallow",
    "disalow": "disallow",
    "diasllow": "disallow",
    "disallaw": "disallow",
    "site-map": "sitemap",
    "crawldelay": "crawl-delay",
    "crawl delay": "crawl-delay",
    "crawl_delay": "crawl-delay",
    "ai_training": "ai-training",
    "ai training": "ai-training",
    "aitraining": "ai-training",
    "disallow-ai-training": "disallowaitraining",
    "disallow ai training": "disallowaitraining",
    "content_usage": "content-usage",
    "content_signal": "content-signal",
    "content-signals": "content-signal",
    "contentsignal": "content-signal",
    "content signal": "content-signal",
    "licence": "license",
    "licenses": "license",
    "licences": "license",
}
