-- What the feed of removals has yet to say; the hashes go once it is said.

CREATE TABLE removal (
    id     INTEGER PRIMARY KEY,
    doc_id TEXT NOT NULL,
    at     REAL NOT NULL,
    kind   TEXT NOT NULL,     -- removal, retraction
    class  TEXT NOT NULL,     -- owner, law, licence, mistake, erasure; '' of a retraction
    reason TEXT NOT NULL,
    url    TEXT NOT NULL,     -- SHA-256 of the URL; '' of an erasure, and where it is not known
    texts  TEXT NOT NULL,     -- JSON [SHA-256 of the normalised text]
    number INTEGER            -- of the entry that says it; NULL: not yet said
) STRICT;
CREATE INDEX removal_to_say ON removal (id) WHERE number IS NULL;
CREATE INDEX removal_by_record ON removal (doc_id);
INSERT INTO removal (doc_id, at, kind, class, reason, url, texts)
SELECT doc_id, at, 'removal', CASE reason WHEN 'erasure' THEN 'erasure' WHEN 'copyright' THEN 'law'
    WHEN 'takedown' THEN 'law' WHEN 'licence' THEN 'licence' ELSE 'owner' END, reason, '', '[]'
FROM tombstone;
