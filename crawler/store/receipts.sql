-- What closing a request came to, and who asked: the name can be removed, its hash is in the ledger.

CREATE TABLE receipt (
    request INTEGER PRIMARY KEY,
    asker   TEXT NOT NULL,             -- '' if nobody was named, or the name was removed
    salt    BLOB NOT NULL,             -- of the hash in the ledger
    body    TEXT NOT NULL DEFAULT ''   -- canonical JSON, '' while the request is open
) STRICT;
