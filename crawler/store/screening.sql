-- What a screening adds to a job. Times are seconds since the epoch (UTC).

CREATE TABLE screened_origin (  -- how many rows of an input lie on an origin
    origin TEXT NOT NULL,
    input  INTEGER NOT NULL,    -- its number in the screening
    rows   INTEGER NOT NULL,
    urls   TEXT NOT NULL,       -- JSON [url]: some of them, unlike in their first segment
    PRIMARY KEY (origin, input)
) STRICT, WITHOUT ROWID;

CREATE TABLE given_snapshot (   -- site files that others captured: never what is said now
    id     INTEGER PRIMARY KEY REFERENCES snapshot,
    source TEXT NOT NULL        -- the file it stands in
) STRICT;
