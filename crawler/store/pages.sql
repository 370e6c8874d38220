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
    page          BLOB,             -- JSON of the page evidence in a zlib stream; NULL at gate 1
    fetched_at    REAL,             -- when the page answer came; NULL at gate 1
    policy_sha256 TEXT NOT NULL REFERENCES policy,
    rules_version TEXT NOT NULL,
    decided_at    REAL NOT NULL
) STRICT;
CREATE INDEX decision_by_reason ON decision (reason, decided_at);

CREATE TABLE refusal (         -- classes of refusal that have their ledger entry
    gate          INTEGER NOT NULL,
    reason        TEXT NOT NULL,
    snapshots     TEXT NOT NULL,
    policy_sha256 TEXT NOT NULL,
    PRIMARY KEY (gate, reason, snapshots, policy_sha256)
) STRICT, WITHOUT ROWID;

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
    record_id         TEXT NOT NULL DEFAULT '',   -- WARC-Record-ID of the response
    gone_since        REAL NOT NULL DEFAULT 0,    -- first of the answers that say it is gone
    marks             BLOB NOT NULL DEFAULT x''   -- CRC-32 of each sealed value, page then decision
) STRICT;
CREATE INDEX page_by_site ON page (site);
CREATE INDEX page_by_text ON page (text_sha256);
CREATE INDEX page_by_state ON page (state);

CREATE TABLE archive (         -- WARC files: bytes past `committed` are of no committed page
    file      TEXT PRIMARY KEY,
    committed INTEGER NOT NULL
) STRICT;

CREATE TABLE tombstone (       -- what was taken out; no URL, no text
    doc_id     TEXT PRIMARY KEY,
    at         REAL NOT NULL,
    reason     TEXT NOT NULL,      -- optout, takedown, erasure, licence, missing, ...
    scope      TEXT NOT NULL,      -- url, domain, author, duplicate
    domain     TEXT NOT NULL,      -- '' unless the whole domain went and may be named
    last_in    TEXT NOT NULL,      -- last published version that held it, '' if none
    state      TEXT NOT NULL       -- retired or purged
) STRICT;

CREATE TABLE takedown (        -- requests to take something out, and their clock
    id           INTEGER PRIMARY KEY,
    kind         TEXT NOT NULL,    -- optout, author, copyright, erasure, attribution, licence
    scope        TEXT NOT NULL,    -- url, domain, author
    subject      TEXT NOT NULL,    -- keyed hash once an erasure took effect
    reason       TEXT NOT NULL,
    outcome      TEXT NOT NULL DEFAULT '',   -- accepted, rejected: why
    received     REAL NOT NULL,
    acknowledged REAL,
    decided      REAL,
    effective    REAL,
    verified     REAL,
    closed       REAL
) STRICT;

CREATE TABLE annotation (      -- figures computed from the text after the crawl
    url_id      INTEGER PRIMARY KEY,
    text_sha256 TEXT NOT NULL,     -- of the text they were computed from
    quality     TEXT NOT NULL,     -- JSON {figure: number}
    pii         TEXT NOT NULL      -- JSON {kind: count}; never the values
) STRICT;

CREATE TABLE band (            -- bands of the MinHash signature, for near-duplicates
    band   INTEGER NOT NULL,
    hash   INTEGER NOT NULL,
    url_id INTEGER NOT NULL,
    PRIMARY KEY (band, hash, url_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX band_by_url ON band (url_id);

CREATE TABLE cluster (         -- near-duplicates; pages alone have no row
    url_id     INTEGER PRIMARY KEY,
    cluster    INTEGER NOT NULL,   -- smallest url_id in it
    kept       INTEGER NOT NULL,   -- 1: the copy with the clearest licence
    laundering INTEGER NOT NULL    -- 1: another copy's host refuses, or licences conflict
) STRICT;
CREATE INDEX cluster_by_cluster ON cluster (cluster);

CREATE TABLE release (         -- versions that were published
    version   TEXT PRIMARY KEY,
    at        REAL NOT NULL,       -- the time of the ledger's head
    seq       INTEGER NOT NULL,    -- the ledger's head
    head      TEXT NOT NULL,
    manifest  TEXT NOT NULL        -- SHA-256 of its manifest
) STRICT;

CREATE TABLE released (        -- which text of which record a version held
    version TEXT NOT NULL REFERENCES release,
    doc_id  TEXT NOT NULL,
    text    TEXT NOT NULL,         -- the first 16 digits of text_sha256
    PRIMARY KEY (version, doc_id)
) STRICT, WITHOUT ROWID;
