-- Evidence, decisions and documents. Times are seconds since the epoch (UTC).

CREATE TABLE meta (            -- facts of the job: created_at, clean_stop, ...
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE policy (          -- every policy text a decision was made under
    sha256      TEXT PRIMARY KEY,   -- of the consent part, canonical JSON
    consent     TEXT NOT NULL,      -- canonical JSON of the consent part
    text        TEXT NOT NULL,      -- the whole effective policy, JSON
    used_since  REAL NOT NULL
) STRICT;

CREATE TABLE blob (            -- raw bytes of site files, each text kept once
    sha256 TEXT PRIMARY KEY,
    body   BLOB NOT NULL
) STRICT;

CREATE TABLE snapshot (        -- one answer to one request for a site file
    id           INTEGER PRIMARY KEY,
    origin       TEXT NOT NULL,     -- whom it speaks for; '' for an RSL document
    kind         TEXT NOT NULL,     -- robots, tdmrep, ai.txt, trust.txt, rsl
    url          TEXT NOT NULL,     -- what was asked
    final_url    TEXT NOT NULL,
    hops         INTEGER NOT NULL,
    found        TEXT NOT NULL,     -- found, absent, refused, challenged, unreachable
    status       INTEGER NOT NULL,
    content_type TEXT NOT NULL,
    headers      TEXT NOT NULL,     -- JSON [[name, value], ...]
    error        TEXT NOT NULL,
    fetched_at   REAL NOT NULL,
    expires_at   REAL NOT NULL,
    sha256       TEXT NOT NULL REFERENCES blob
) STRICT;
CREATE INDEX snapshot_by_origin ON snapshot (origin, kind, fetched_at);
CREATE INDEX snapshot_by_url ON snapshot (url, kind, fetched_at);

CREATE TABLE decision (        -- the last decision about a URL, with its evidence
    url_id        INTEGER PRIMARY KEY REFERENCES url,
    gate          INTEGER NOT NULL, -- 1 before the request, 2 at the headers, 3 at the document
    included      INTEGER NOT NULL,
    reason        TEXT NOT NULL,    -- rule code, or 'ok'
    verdict       TEXT NOT NULL,    -- JSON {usage: value}
    deciding      TEXT NOT NULL,    -- JSON of the signal that decided, or 'null'
    awaiting      TEXT NOT NULL,    -- JSON [url]: late evidence not yet known
    snapshots     TEXT NOT NULL,    -- JSON [snapshot.id]: the site evidence it rests on
    page          BLOB,             -- zlib JSON of the page evidence; NULL at gate 1
    fetched_at    REAL,             -- when the page answer came; NULL at gate 1
    policy_sha256 TEXT NOT NULL REFERENCES policy,
    rules_version TEXT NOT NULL,
    decided_at    REAL NOT NULL
) STRICT;
CREATE INDEX decision_by_reason ON decision (reason);

CREATE TABLE page (            -- the documents kept
    url_id            INTEGER PRIMARY KEY REFERENCES url,
    state             TEXT NOT NULL CHECK (state IN ('active', 'held', 'retired', 'purged')),
    state_reason      TEXT NOT NULL DEFAULT '',
    url               TEXT NOT NULL,
    canonical_url     TEXT NOT NULL,
    host              TEXT NOT NULL,
    site              TEXT NOT NULL,
    redirects         TEXT NOT NULL,    -- JSON [url]: the chain that led here
    status            INTEGER NOT NULL,
    headers           TEXT NOT NULL,    -- JSON [[name, value], ...]
    content_type      TEXT NOT NULL,
    etag              TEXT NOT NULL,
    last_modified     TEXT NOT NULL,
    address           TEXT NOT NULL,    -- IP address dialled
    fetched_at        REAL NOT NULL,    -- the request was sent
    first_byte_at     REAL NOT NULL,
    ended_at          REAL NOT NULL,
    wire_bytes        INTEGER NOT NULL,
    body_bytes        INTEGER NOT NULL,
    body_sha256       TEXT NOT NULL,
    title             TEXT NOT NULL,
    text              TEXT NOT NULL,
    text_sha256       TEXT NOT NULL,
    minhash           BLOB NOT NULL,
    extractor         TEXT NOT NULL,
    extractor_version TEXT NOT NULL,
    encoding          TEXT NOT NULL,
    encoding_source   TEXT NOT NULL,
    replaced          INTEGER NOT NULL,
    language          TEXT NOT NULL,
    language_score    REAL NOT NULL,
    language_tool     TEXT NOT NULL,
    words             INTEGER NOT NULL,
    characters        INTEGER NOT NULL,
    size              INTEGER NOT NULL,
    tokens            INTEGER NOT NULL,
    token_method      TEXT NOT NULL,
    metadata          TEXT NOT NULL,    -- JSON of Metadata
    licence_spdx      TEXT NOT NULL,
    licence_class     TEXT NOT NULL,
    licence           TEXT NOT NULL,    -- JSON of Licence, claims and attribution included
    flags             TEXT NOT NULL,    -- JSON [flag]
    archive_file      TEXT NOT NULL DEFAULT '',   -- WARC holding the raw answer, '' if none
    archive_offset    INTEGER NOT NULL DEFAULT 0,
    record_id         TEXT NOT NULL DEFAULT ''    -- WARC-Record-ID of the response
) STRICT;
CREATE INDEX page_by_site ON page (site);
CREATE INDEX page_by_text ON page (text_sha256);
CREATE INDEX page_by_state ON page (state);
