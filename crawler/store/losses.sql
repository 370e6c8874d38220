-- What a run lost, beside what the states of URLs say.

CREATE TABLE loss (            -- links not admitted as in turned_away, by host, with one of them
    host    TEXT NOT NULL,     -- '' for a host that may not be in the job
    reason  TEXT NOT NULL,
    count   INTEGER NOT NULL,
    example TEXT NOT NULL,     -- the beginning of an address; '' if it was purged
    PRIMARY KEY (host, reason)
) STRICT, WITHOUT ROWID;
