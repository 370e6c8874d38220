-- Append-only, hash-chained log of what entered, left or was refused by the corpus.
-- `subject` is HMAC-SHA256(salt, URL); the salt is erasable, the entry is not.

CREATE TABLE ledger (
    seq       INTEGER PRIMARY KEY,
    at        REAL NOT NULL,
    kind      TEXT NOT NULL,     -- include, refuse, hold, retire, purge, reconsent, policy, ...
    subject   TEXT NOT NULL,     -- hex HMAC, or '' where no URL is concerned
    payload   TEXT NOT NULL,     -- canonical JSON, never personal data
    prev_hash TEXT NOT NULL,
    hash      TEXT NOT NULL      -- SHA-256 over prev_hash and the canonical row
) STRICT;
CREATE INDEX ledger_by_subject ON ledger (subject);
CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TABLE subject (         -- erasable: what a ledger subject stands for
    url_id INTEGER PRIMARY KEY,
    salt   BLOB NOT NULL
) STRICT;

CREATE TABLE seal (            -- which entry holds the last digest of a row, and its erasable salt
    kind TEXT NOT NULL,        -- decision (of no page), tombstone, takedown, annotation, cluster, ...
    key  TEXT NOT NULL,
    salt BLOB NOT NULL,
    seq  INTEGER NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
