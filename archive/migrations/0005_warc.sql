-- The index of the WARC files, and what a crawl remembers for the next one.

-- One row per answer in a WARC file, written with it: what a killed crawl is answered from.
CREATE TABLE captures (
    id INTEGER PRIMARY KEY,
    crawl_id INTEGER REFERENCES crawls (id),
    method TEXT NOT NULL,
    url TEXT NOT NULL,
    body_digest TEXT,
    captured_at TEXT NOT NULL,
    status INTEGER NOT NULL,
    record_type TEXT NOT NULL CHECK (record_type IN ('response', 'revisit')),
    payload_digest TEXT,
    warc TEXT NOT NULL,
    warc_offset INTEGER NOT NULL
);
CREATE UNIQUE INDEX captures_place ON captures (warc, warc_offset);
CREATE INDEX captures_crawl ON captures (crawl_id);
CREATE INDEX captures_payload ON captures (payload_digest) WHERE record_type = 'response';

-- What a crawl read from the home page to the end of its lists; NULL for one that looked at known lists alone.
ALTER TABLE crawls ADD COLUMN whole TEXT CHECK (whole IN ('all', 'government'));
UPDATE crawls SET whole = 'all' WHERE outcome = 'done';

-- One row per `nianbao crawl`; NULL in `finished` is one that was killed: asked for again, it is continued.
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    finished TEXT,
    asked TEXT NOT NULL
);
ALTER TABLE crawls ADD COLUMN run_id INTEGER REFERENCES runs (id);
