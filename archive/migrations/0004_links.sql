-- What a crawl judged of the links it met, so that weights can be tuned without the web (crawler/rescore.py).

CREATE TABLE links (
    id INTEGER PRIMARY KEY,
    crawl_id INTEGER NOT NULL REFERENCES crawls (id),
    url TEXT NOT NULL,
    parent_url TEXT NOT NULL,
    anchor TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('report', 'column', 'list', 'hub', 'skip')),
    score INTEGER NOT NULL,
    decision TEXT NOT NULL
        CHECK (decision IN ('followed', 'skipped', 'off_site', 'robots', 'budget', 'veto')),
    reason TEXT NOT NULL,
    -- What the judgement rested on, besides the anchor and the address.
    depth INTEGER NOT NULL,
    heading TEXT NOT NULL,
    column_prefix TEXT,
    menu TEXT NOT NULL,
    script TEXT NOT NULL
);
CREATE INDEX links_crawl ON links (crawl_id, decision);

-- Why a crawl ended as it did, in one sentence; and the year from which on a portal should have every report.
ALTER TABLE crawls ADD COLUMN reason TEXT;
ALTER TABLE portals ADD COLUMN expect_since INTEGER;
