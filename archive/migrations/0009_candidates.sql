-- Every unit and year that something names for a document: what is believed, and what is not.

CREATE TABLE candidates (
    original TEXT NOT NULL REFERENCES originals (sha256),
    -- The place in the order in which they are believed, from 0.
    rank INTEGER NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('unit', 'year')),
    evidence TEXT NOT NULL CHECK (evidence IN ('given', 'title', 'made_by', 'signature', 'breadcrumb', 'source', 'anchor',
        'column', 'site_code', 'portal', 'period', 'signed', 'published', 'text')),
    value TEXT NOT NULL,
    -- 1 where it says the same as the report that the document was filed under, 0 where it contradicts it,
    -- null where it does neither.
    agrees INTEGER,
    PRIMARY KEY (original, rank)
) WITHOUT ROWID;
