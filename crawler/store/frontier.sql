-- Whose turn it is, and every URL ever admitted. Times are seconds since the epoch (UTC).

CREATE TABLE host (
    id             INTEGER PRIMARY KEY,
    name           TEXT NOT NULL UNIQUE,
    site           TEXT NOT NULL,               -- registrable domain
    seed           INTEGER NOT NULL DEFAULT 0,  -- 1: in scope by a seed or its redirect
    due            REAL NOT NULL DEFAULT 0,     -- no request before
    delay          REAL NOT NULL DEFAULT 0,     -- seconds it is left alone after an answer
    reason         TEXT NOT NULL DEFAULT '',    -- why it waits longer than that
    held_until     REAL NOT NULL DEFAULT 0,     -- ... beside its clock: when it is looked at again
    failures       INTEGER NOT NULL DEFAULT 0,  -- faults of the whole host in a row
    crawl_delay    REAL NOT NULL DEFAULT 0,     -- as its robots.txt asks
    hours          TEXT NOT NULL DEFAULT '',    -- Visit-time windows, JSON
    usual          REAL NOT NULL DEFAULT 0,     -- averages of the time to the first byte
    recent         REAL NOT NULL DEFAULT 0,
    addresses      TEXT NOT NULL DEFAULT '',    -- separated by spaces
    resolved_until REAL NOT NULL DEFAULT 0,
    evidence       INTEGER NOT NULL DEFAULT 0,  -- 1: a site file was learned
    pages          INTEGER NOT NULL DEFAULT 0,  -- pages requested, for its budget
    urls           INTEGER NOT NULL DEFAULT 0,  -- numbers given out to its URLs
    waiting        INTEGER NOT NULL DEFAULT 0,  -- URLs in state 0
    since          REAL NOT NULL DEFAULT 0,     -- since when it has a reason to wait
    asked_at       REAL NOT NULL DEFAULT 0,     -- when its last answer ended, or none came
    answer         TEXT NOT NULL DEFAULT '',    -- ... and what that was: outcome and code
    later_at       REAL NOT NULL DEFAULT 0      -- earliest due of its URLs in state 1, 0 if none
) STRICT;

CREATE TABLE url (
    id       INTEGER PRIMARY KEY,          -- host << 32 | number: a host's URLs lie together
    host_id  INTEGER NOT NULL,
    key      INTEGER NOT NULL,             -- dedup key; see crawler/core/urls.py
    url      TEXT NOT NULL,
    kind     INTEGER NOT NULL DEFAULT 0,   -- 0 page, 1 site file, 2 sitemap, 3 an origin's files
    state    INTEGER NOT NULL DEFAULT 0,   -- 0 waiting, 1 later (see due), 2 done
    priority INTEGER NOT NULL DEFAULT 50,  -- small numbers first
    depth    INTEGER NOT NULL DEFAULT 0,   -- links followed from a seed
    attempt  INTEGER NOT NULL DEFAULT 0,   -- attempts that failed
    due      REAL NOT NULL DEFAULT 0,      -- state 1: waiting again from then on
    outcome  TEXT NOT NULL DEFAULT '',     -- kept, refused, moved, missing, failed, ...
    code     TEXT NOT NULL DEFAULT '',     -- its reason
    via      TEXT NOT NULL DEFAULT '',     -- JSON [url]: the redirects that led here
    file     TEXT NOT NULL DEFAULT ''      -- kind 1: JSON [kind, origin, asked, hops]
) STRICT;
CREATE UNIQUE INDEX url_by_key ON url (host_id, key);
CREATE INDEX url_waiting ON url (host_id, priority) WHERE state = 0;
CREATE INDEX url_later ON url (host_id, due) WHERE state = 1;

CREATE TABLE revisit (         -- pages held: when they were seen and when to look again
    url_id        INTEGER PRIMARY KEY,
    visited_at    REAL NOT NULL,
    due           REAL NOT NULL,
    interval      REAL NOT NULL,   -- seconds; grows while nothing changes
    etag          TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    text_sha256   TEXT NOT NULL
) STRICT;

CREATE TABLE site (            -- registrable domains in scope by a seed, and their budgets
    name  TEXT PRIMARY KEY,
    seed  INTEGER NOT NULL DEFAULT 0,
    pages INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE pattern (         -- how many URLs of a host differ in numbers or query only
    host_id INTEGER NOT NULL,
    pattern INTEGER NOT NULL,      -- 64-bit hash
    count   INTEGER NOT NULL,
    PRIMARY KEY (host_id, pattern)
) STRICT, WITHOUT ROWID;

CREATE TABLE turned_away (     -- links not admitted, by reason
    reason TEXT PRIMARY KEY,
    count  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (          -- URLs, wishes and answers for other shards, not yet carried there
    id        INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again: it names the batch
    shard     INTEGER NOT NULL,
    candidate TEXT NOT NULL         -- JSON
) STRICT;

CREATE TABLE licence_file (    -- RSL documents an origin's evidence names
    origin TEXT NOT NULL,
    url    TEXT NOT NULL,
    PRIMARY KEY (origin, url)
) STRICT, WITHOUT ROWID;

CREATE TABLE awaited (         -- site files asked for elsewhere, and who waits for them
    kind    TEXT NOT NULL,
    asked   TEXT NOT NULL,
    origin  TEXT NOT NULL,
    host_id INTEGER NOT NULL,  -- below 0: the shard -1 - host_id; 0: another shard was asked
    since   REAL NOT NULL,
    PRIMARY KEY (kind, asked, origin, host_id)
) STRICT, WITHOUT ROWID;
