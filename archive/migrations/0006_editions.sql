-- What changed between what was seen: told for every report, by whom, and when it was seen first.

CREATE TABLE revisions (
    report_id INTEGER NOT NULL REFERENCES reports (id),
    role TEXT CHECK (role IN ('page', 'attachment')),
    from_edition INTEGER REFERENCES editions (id),
    to_edition INTEGER REFERENCES editions (id),
    what TEXT NOT NULL,
    old TEXT,
    new TEXT,
    cause TEXT NOT NULL CHECK (cause IN ('source', 'parser', 'person')),
    seen TEXT NOT NULL,
    portal TEXT REFERENCES portals (portal),
    crawl_id INTEGER REFERENCES crawls (id),
    url TEXT,
    parser_version TEXT
);
CREATE INDEX revisions_report ON revisions (report_id);
CREATE INDEX revisions_from ON revisions (from_edition);
CREATE INDEX revisions_to ON revisions (to_edition);
CREATE INDEX revisions_seen ON revisions (seen);

-- The day on which every address of a report had answered that it is not there; NULL while one carries it.
ALTER TABLE reports ADD COLUMN gone_since TEXT;

-- The clock may jump: what came first is told by the ledger's own numbers.
ALTER TABLE edition_originals ADD COLUMN first_fetch INTEGER REFERENCES fetches (id);
ALTER TABLE edition_originals ADD COLUMN last_fetch INTEGER REFERENCES fetches (id);
CREATE INDEX edition_originals_url ON edition_originals (url);

-- Up to which row of the ledger revisions have been told.
CREATE TABLE told (
    what TEXT PRIMARY KEY,
    fetch_id INTEGER NOT NULL
);

-- The shape of each list that led to reports: which tags hold its links. A redesign shows here first.
CREATE TABLE lists (
    portal TEXT NOT NULL REFERENCES portals (portal),
    url TEXT NOT NULL,
    skeleton TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    first_crawl INTEGER NOT NULL REFERENCES crawls (id),
    last_crawl INTEGER NOT NULL REFERENCES crawls (id),
    changed TEXT,
    changed_crawl INTEGER REFERENCES crawls (id),
    PRIMARY KEY (portal, url)
);

-- Counted after each reading: going through the whole ledger for it would take every page seconds.
ALTER TABLE portals ADD COLUMN reports INTEGER NOT NULL DEFAULT 0;
ALTER TABLE portals ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;

-- Lists that the portal's last crawl found in another shape, or in the place of one that it did not find any more.
CREATE VIEW lists_changed AS
WITH last AS (SELECT portal, max(id) AS crawl FROM crawls GROUP BY portal)
SELECT l.portal, l.url, 'shape' AS how, l.changed AS seen
FROM lists l JOIN last ON last.portal = l.portal
WHERE l.changed_crawl = last.crawl
UNION ALL
SELECT l.portal, l.url, 'replaced', l.first_seen
FROM lists l JOIN last ON last.portal = l.portal
WHERE l.last_crawl = last.crawl AND l.first_crawl = last.crawl
    AND EXISTS (SELECT 1 FROM lists o WHERE o.portal = l.portal AND o.last_crawl < last.crawl);

-- How each portal fares: what `nianbao status` tells.
CREATE VIEW health AS
SELECT p.portal, p.name, p.home, p.status, p.last_success, p.last_attempt, p.blocked_until, p.expect_min, p.reports, p.gone,
    (SELECT count(*) FROM lists_changed l WHERE l.portal = p.portal) AS lists_changed,
    p.last_attempt IS NOT NULL AND p.expect_min IS NOT NULL AND p.reports < p.expect_min AS below_expectation,
    p.expect_since,
    (SELECT c.reason FROM crawls c WHERE c.portal = p.portal ORDER BY c.id DESC LIMIT 1) AS reason
FROM portals p;

-- The sha256 of each closed WARC file, as it was written: a file that is not this one has lost something.
CREATE TABLE warc_files (
    warc TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    closed TEXT NOT NULL
);
