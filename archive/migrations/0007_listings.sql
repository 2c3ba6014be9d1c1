-- What discovery tells beside the reports: what a POST sent, and the bodies seen on a portal, with or without a report.

ALTER TABLE fetches ADD COLUMN sent TEXT;

-- One row per name of a body under a portal, from its directories and from the levels of its report columns.
CREATE TABLE listed_units (
    portal TEXT NOT NULL REFERENCES portals (portal),
    name TEXT NOT NULL,
    level TEXT,
    parent TEXT,
    url TEXT NOT NULL,
    seen_on TEXT NOT NULL,
    evidence TEXT NOT NULL CHECK (evidence IN ('directory', 'column')),
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    PRIMARY KEY (portal, name)
);

-- 'report': it published one; 'directory' or 'column': it was only seen there.
ALTER TABLE units ADD COLUMN evidence TEXT NOT NULL DEFAULT 'report'
    CHECK (evidence IN ('report', 'directory', 'column'));
