"""Every query that a report rests on, each shown beside the numbers it gives.

They run as they stand: `sqlite3 -readonly JOB/crawl.db`. Numbers of a job of several shards, or of
several jobs, are the sums over their databases.
"""

from __future__ import annotations

from crawler.display.figure import Query

# More than a page can hold: what is larger, or below nothing, is no count of ours.
MOST_WORDS = 1_000_000_000
_SANE = f"words BETWEEN 0 AND {MOST_WORDS}"
_OF_TIME = "BETWEEN 0 AND 32503680000"  # until the year 3000

_ALL = (
    Query(
        "pages",
        "Pages stored, by their state and its reason: active ones are kept.",
        "SELECT state, state_reason, count(*) AS pages, total(words) AS words,\n"
        "  total(1.0 * words * words) AS squares\n"
        f"FROM page WHERE {_SANE}\nGROUP BY state, state_reason",
    ),
    Query(
        "urls",
        "URLs of pages without a stored page, by how their last visit ended."
        " Codes of refusals are parted into refused, filtered and not proven.",
        "SELECT outcome, code, count(*) AS pages FROM url\n"
        "WHERE kind = 0 AND id NOT IN (SELECT url_id FROM page)\nGROUP BY outcome, code",
    ),
    Query(
        "gates",
        "Refusals by where they were met: 1 before the request, 2 at the headers, 3 at the"
        " document.",
        "SELECT gate, reason, count(*) AS pages\n"
        "FROM decision JOIN url ON url.id = url_id\n"
        "WHERE outcome = 'refused' AND kind = 0 AND url_id NOT IN (SELECT url_id FROM page)\n"
        "GROUP BY gate, reason",
    ),
    Query(
        "links",
        "Links that were not taken up, by reason.",
        "SELECT reason, count FROM turned_away WHERE count > 0",
    ),
    Query(
        "licences",
        "Kept pages by the licence believed of their text.",
        "SELECT licence_class, licence_spdx, count(*) AS pages, total(words) AS words\n"
        f"FROM page WHERE state = 'active' AND {_SANE}\nGROUP BY licence_class, licence_spdx",
    ),
    Query(
        "languages",
        "Kept pages by language.",
        "SELECT language, count(*) AS pages, total(words) AS words\n"
        f"FROM page WHERE state = 'active' AND {_SANE}\nGROUP BY language",
    ),
    Query(
        "domains",
        "Kept pages by registrable domain.",
        "SELECT site, count(*) AS pages, total(words) AS words\n"
        f"FROM page WHERE state = 'active' AND {_SANE}\nGROUP BY site",
    ),
    Query(
        "domains_without",
        "URLs without a stored page by registrable domain.",
        "SELECT site, outcome, code, count(*) AS pages\n"
        "FROM url JOIN host ON host.id = url.host_id\n"
        "WHERE kind = 0 AND url.id NOT IN (SELECT url_id FROM page)\n"
        "GROUP BY site, outcome, code",
    ),
    Query(
        "kept_minutes",
        "Kept pages by the minute of their request (minutes since 1970, UTC).",
        "SELECT CAST(fetched_at / 60 AS INTEGER) AS minute, count(*) AS pages\n"
        f"FROM page WHERE state = 'active' AND fetched_at {_OF_TIME}\nGROUP BY minute",
    ),
    Query(
        "decided_minutes",
        "Decisions against a page by the minute they were made.",
        "SELECT CAST(decided_at / 60 AS INTEGER) AS minute, reason, count(*) AS pages\n"
        f"FROM decision WHERE included = 0 AND decided_at {_OF_TIME}\nGROUP BY minute, reason",
    ),
    Query(
        "hosts",
        "Hosts, and kept words of each.",
        "WITH kept AS (\n"
        "  SELECT host AS name, count(*) AS pages, total(words) AS words FROM page\n"
        f"  WHERE state = 'active' AND {_SANE} GROUP BY host)\n"
        "SELECT name, coalesce(kept.pages, 0) AS pages, coalesce(kept.words, 0) AS words\n"
        "FROM host LEFT JOIN kept USING (name)",
    ),
    Query(
        "robots",
        "The last answer of each origin to the request for its robots.txt.",
        "SELECT origin, found, status, sha256, max(fetched_at) AS fetched_at\n"
        "FROM snapshot WHERE kind = 'robots' AND origin <> ''\nGROUP BY origin",
    ),
    Query(
        "robots_texts",
        "The texts of those files; each is read by both rule sets (docs/audit.md).",
        "SELECT sha256, body FROM blob\n"
        "WHERE sha256 IN (SELECT sha256 FROM snapshot WHERE kind = 'robots')",
    ),
    Query(
        "open_pages",
        "Kept pages under an open licence, by host.",
        "SELECT host, count(*) AS pages FROM page\n"
        "WHERE state = 'active' AND licence_class IN ('PD', 'ATTR', 'SA')\nGROUP BY host",
    ),
    Query(
        "defence",
        "Pages that a server refused or put a bot test in place of, by host.",
        "SELECT host.name, code, count(*) AS pages\n"
        "FROM url JOIN host ON host.id = url.host_id\n"
        "WHERE kind = 0 AND code IN ('http.refused', 'http.challenge', 'http.legal',\n"
        "  'robots.refused', 'robots.challenged', 'status-403', 'status-429', 'http.overload')\n"
        "GROUP BY host.name, code",
    ),
    Query(
        "browser",
        "Pages that were kept out because they show their text only to a browser or a person.",
        "SELECT code, count(*) AS pages, count(DISTINCT host_id) AS hosts FROM url\n"
        "WHERE kind = 0 AND code LIKE 'needs-%'\nGROUP BY code",
    ),
    Query(
        "pauses",
        "Pauses between the end of an answer and the next request to the same host, of requests"
        " whose times are stored: pages, refusals at headers or document, site files.",
        "WITH asked AS (\n"
        "  SELECT url_id >> 32 AS host_id, fetched_at AS began, ended_at AS ended FROM page\n"
        f"    WHERE fetched_at {_OF_TIME} AND ended_at {_OF_TIME}\n"
        "  UNION ALL SELECT url_id >> 32, fetched_at, fetched_at FROM decision\n"
        f"    WHERE fetched_at {_OF_TIME} AND url_id NOT IN (SELECT url_id FROM page)\n"
        "  UNION ALL SELECT host.id, at, at FROM (\n"
        "    SELECT at, substr(place, 1, instr(place || ':', ':') - 1) AS name FROM (\n"
        "      SELECT at, substr(rest, 1, instr(rest || '/', '/') - 1) AS place FROM (\n"
        "        SELECT fetched_at AS at, substr(url, instr(url, '://') + 3) AS rest\n"
        "        FROM snapshot\n"
        f"        WHERE status > 0 AND hops = 0 AND fetched_at {_OF_TIME})))\n"
        "    JOIN host USING (name)),\n"
        "paused AS (\n"
        "  SELECT host_id, began - lag(ended) OVER (PARTITION BY host_id ORDER BY began) AS pause\n"
        "  FROM asked)\n"
        "SELECT host.name, host.crawl_delay, count(pause) AS pauses, min(pause) AS shortest,\n"
        "  avg(pause) AS mean\n"
        "FROM paused JOIN host ON host.id = host_id WHERE pause IS NOT NULL\nGROUP BY host_id",
    ),
    Query(
        "settings",
        "The operator's policy as it was last in force.",
        "SELECT key, value FROM meta WHERE key IN ('settings', 'policy', 'created_at')",
    ),
    Query(
        "decisions",
        "Every decision. Those of the sample are read again from their evidence.",
        "SELECT url_id FROM decision ORDER BY url_id",
    ),
)
QUERIES: dict[str, Query] = {query.name: query for query in _ALL}
# Rows that cannot be as they were written: the place, what is wrong, and which rows.
CHECKS: tuple[tuple[str, str, str], ...] = (
    ("page", "words are no count", f"SELECT url_id FROM page WHERE NOT {_SANE}"),
    (
        "page",
        "the time of the request is none",
        f"SELECT url_id FROM page WHERE NOT fetched_at {_OF_TIME} OR ended_at < fetched_at",
    ),
    (
        "page",
        "its URL has no row",
        "SELECT url_id FROM page WHERE url_id NOT IN (SELECT id FROM url)",
    ),
    (
        "decision",
        "its verdict is no JSON",
        "SELECT url_id FROM decision WHERE NOT json_valid(verdict) OR NOT json_valid(snapshots)",
    ),
    (
        "decision",
        "its time is none",
        f"SELECT url_id FROM decision WHERE NOT decided_at {_OF_TIME}",
    ),
    ("decision", "its gate is none", "SELECT url_id FROM decision WHERE gate NOT IN (1, 2, 3)"),
    (
        "snapshot",
        "its text is not there",
        "SELECT id FROM snapshot WHERE sha256 NOT IN (SELECT sha256 FROM blob)",
    ),
    ("snapshot", "its time is none", f"SELECT id FROM snapshot WHERE NOT fetched_at {_OF_TIME}"),
    ("url", "its host has no row", "SELECT id FROM url WHERE host_id NOT IN (SELECT id FROM host)"),
)
