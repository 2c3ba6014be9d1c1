-- The main job: registry, units, reports, the three statutory tables, provenance.
-- Dates are ISO text, counts INTEGER; a cell without a value is NULL, never 0.

CREATE TABLE regions (
    adcode TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('province', 'prefecture', 'county')),
    parent_adcode TEXT REFERENCES regions (adcode)
);

CREATE TABLE portals (
    portal TEXT PRIMARY KEY,
    adcode TEXT REFERENCES regions (adcode),
    name TEXT NOT NULL,
    home TEXT NOT NULL,
    platform TEXT,
    cms TEXT,
    status TEXT NOT NULL DEFAULT 'new'
        CHECK (status IN ('new', 'ok', 'blocked', 'robots', 'unreachable', 'broken', 'gone')),
    last_attempt TEXT,
    last_success TEXT,
    expect_min INTEGER,
    blocked_until TEXT,
    notes TEXT
);

CREATE TABLE units (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    kind TEXT CHECK (kind IN ('government', 'office', 'department', 'township', 'zone')),
    name TEXT NOT NULL,
    level TEXT,
    adcode TEXT REFERENCES regions (adcode),
    parent_id INTEGER REFERENCES units (id),
    portal TEXT REFERENCES portals (portal),
    valid_from TEXT,
    valid_to TEXT,
    successor_id INTEGER REFERENCES units (id)
);
CREATE INDEX units_adcode ON units (adcode, kind);

CREATE TABLE unit_names (
    unit_id INTEGER NOT NULL REFERENCES units (id),
    name TEXT NOT NULL,
    first_year INTEGER,
    last_year INTEGER,
    evidence TEXT NOT NULL,
    PRIMARY KEY (unit_id, name)
);

CREATE TABLE originals (
    sha256 TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    first_seen TEXT NOT NULL
);

CREATE TABLE crawls (
    id INTEGER PRIMARY KEY,
    portal TEXT NOT NULL REFERENCES portals (portal),
    started TEXT NOT NULL,
    finished TEXT,
    outcome TEXT CHECK (outcome IN ('done', 'blocked', 'failed', 'interrupted')),
    requests INTEGER NOT NULL DEFAULT 0,
    reports_found INTEGER NOT NULL DEFAULT 0,
    new INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    gone INTEGER NOT NULL DEFAULT 0,
    blocked INTEGER NOT NULL DEFAULT 0,
    errors INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX crawls_portal ON crawls (portal);

-- `role` says what the body was kept as (NULL: looked at, not kept); `purpose` why it was asked for.
CREATE TABLE fetches (
    id INTEGER PRIMARY KEY,
    crawl_id INTEGER REFERENCES crawls (id),
    portal TEXT REFERENCES portals (portal),
    method TEXT NOT NULL,
    url TEXT,
    final_url TEXT,
    parent_url TEXT,
    fetched_at TEXT NOT NULL,
    status INTEGER,
    outcome TEXT NOT NULL CHECK (outcome IN ('new', 'same', 'changed', 'not_modified', 'redirect', 'gone',
        'blocked', 'robots', 'soft_404', 'error', 'added')),
    purpose TEXT NOT NULL,
    reason TEXT NOT NULL,
    sha256 TEXT,
    role TEXT CHECK (role IN ('page', 'attachment', 'added')),
    anchor TEXT,
    unit_given TEXT,
    media_type TEXT,
    bytes INTEGER,
    etag TEXT,
    last_modified TEXT,
    tls TEXT,
    warc TEXT,
    warc_offset INTEGER
);
CREATE INDEX fetches_url ON fetches (url, id);
CREATE INDEX fetches_sha256 ON fetches (sha256);
CREATE INDEX fetches_crawl ON fetches (crawl_id);
CREATE INDEX fetches_portal ON fetches (portal, id);
-- What came from a portal, without going through every visit.
CREATE INDEX fetches_kept ON fetches (portal, sha256) WHERE role IS NOT NULL;

-- Every reading ever made of an original: one per parser version, never replaced.
CREATE TABLE readings (
    original TEXT NOT NULL REFERENCES originals (sha256),
    parser_version TEXT NOT NULL,
    read_at TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('parsed', 'partial', 'tables_missing', 'not_a_report', 'unreadable')),
    content_hash TEXT,
    parsed TEXT NOT NULL,
    PRIMARY KEY (original, parser_version)
);

CREATE TABLE reports (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    unit_id INTEGER REFERENCES units (id),
    unit TEXT,
    unit_level TEXT,
    adcode TEXT REFERENCES regions (adcode),
    year INTEGER,
    form TEXT,
    title TEXT,
    status TEXT NOT NULL CHECK (status IN ('parsed', 'partial', 'tables_missing')),
    period_start TEXT,
    period_end TEXT,
    published TEXT,
    signed TEXT,
    url TEXT,
    original TEXT NOT NULL REFERENCES originals (sha256),
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    checks_failed INTEGER NOT NULL,
    one_row_other INTEGER NOT NULL,
    parser_version TEXT NOT NULL
);
CREATE INDEX reports_unit ON reports (unit_id, year);
CREATE INDEX reports_adcode ON reports (adcode, year);

CREATE TABLE editions (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES reports (id),
    content_hash TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('page', 'attachment', 'copy', 'added')),
    original TEXT NOT NULL REFERENCES originals (sha256),
    url TEXT,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    is_current INTEGER NOT NULL,
    parsed TEXT NOT NULL,
    UNIQUE (report_id, content_hash, role)
);

CREATE TABLE edition_originals (
    edition_id INTEGER NOT NULL REFERENCES editions (id),
    original TEXT NOT NULL REFERENCES originals (sha256),
    url TEXT,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL
);
CREATE UNIQUE INDEX edition_originals_key ON edition_originals (edition_id, original, ifnull(url, ''));
CREATE INDEX edition_originals_original ON edition_originals (original);

CREATE TABLE outcomes (
    outcome TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    label_zh TEXT NOT NULL,
    label_en TEXT NOT NULL
);

CREATE TABLE routes (
    route TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    label_zh TEXT NOT NULL,
    label_en TEXT NOT NULL
);

CREATE TABLE codes (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    "table" TEXT NOT NULL CHECK ("table" IN ('proactive', 'requests', 'disputes')),
    item TEXT,
    outcome TEXT REFERENCES outcomes (outcome),
    applicant TEXT,
    route TEXT REFERENCES routes (route),
    result TEXT,
    label_zh TEXT NOT NULL,
    label_en TEXT NOT NULL,
    unit TEXT NOT NULL,
    forms TEXT NOT NULL
);

CREATE TABLE proactive (
    report_id INTEGER PRIMARY KEY REFERENCES reports (id),
    regulations_issued INTEGER,
    regulations_repealed INTEGER,
    regulations_in_force INTEGER,
    normative_docs_issued INTEGER,
    normative_docs_repealed INTEGER,
    normative_docs_in_force INTEGER,
    licensing_decisions INTEGER,
    penalty_decisions INTEGER,
    coercion_decisions INTEGER,
    admin_fees_wan_yuan NUMERIC,
    admin_fees_wan_yuan_text TEXT,
    regulations_new_made INTEGER,
    regulations_new_public INTEGER,
    regulations_total_public INTEGER,
    normative_docs_new_made INTEGER,
    normative_docs_new_public INTEGER,
    normative_docs_total_public INTEGER,
    licensing_items_prev INTEGER,
    licensing_items_change INTEGER,
    other_services_items_prev INTEGER,
    other_services_items_change INTEGER,
    other_services_decisions INTEGER,
    penalty_items_prev INTEGER,
    penalty_items_change INTEGER,
    coercion_items_prev INTEGER,
    coercion_items_change INTEGER,
    fee_items_prev INTEGER,
    fee_items_change INTEGER,
    procurement_projects INTEGER,
    procurement_amount NUMERIC,
    procurement_amount_text TEXT
);

CREATE TABLE requests (
    report_id INTEGER NOT NULL REFERENCES reports (id),
    outcome TEXT NOT NULL REFERENCES outcomes (outcome),
    natural_person INTEGER,
    commercial INTEGER,
    research INTEGER,
    public_welfare INTEGER,
    legal_service INTEGER,
    other INTEGER,
    total INTEGER,
    PRIMARY KEY (report_id, outcome)
);

CREATE TABLE disputes (
    report_id INTEGER NOT NULL REFERENCES reports (id),
    route TEXT NOT NULL REFERENCES routes (route),
    upheld INTEGER,
    corrected INTEGER,
    other INTEGER,
    pending INTEGER,
    total INTEGER,
    PRIMARY KEY (report_id, route)
);

-- The flat sheet. A column named as an outcome holds that outcome's total.
CREATE TABLE summary (
    report_id INTEGER PRIMARY KEY REFERENCES reports (id),
    unit TEXT,
    kind TEXT,
    area TEXT,
    year INTEGER,
    form TEXT,
    status TEXT NOT NULL,
    regulations_issued INTEGER,
    regulations_repealed INTEGER,
    regulations_in_force INTEGER,
    normative_docs_issued INTEGER,
    normative_docs_repealed INTEGER,
    normative_docs_in_force INTEGER,
    licensing_decisions INTEGER,
    penalty_decisions INTEGER,
    coercion_decisions INTEGER,
    admin_fees_wan_yuan NUMERIC,
    admin_fees_wan_yuan_text TEXT,
    regulations_new_made INTEGER,
    regulations_new_public INTEGER,
    regulations_total_public INTEGER,
    normative_docs_new_made INTEGER,
    normative_docs_new_public INTEGER,
    normative_docs_total_public INTEGER,
    licensing_items_prev INTEGER,
    licensing_items_change INTEGER,
    other_services_items_prev INTEGER,
    other_services_items_change INTEGER,
    other_services_decisions INTEGER,
    penalty_items_prev INTEGER,
    penalty_items_change INTEGER,
    coercion_items_prev INTEGER,
    coercion_items_change INTEGER,
    fee_items_prev INTEGER,
    fee_items_change INTEGER,
    procurement_projects INTEGER,
    procurement_amount NUMERIC,
    procurement_amount_text TEXT,
    new_received INTEGER,
    carried_in INTEGER,
    granted_full INTEGER,
    granted_partial INTEGER,
    denied_state_secret INTEGER,
    denied_other_law INTEGER,
    denied_three_securities INTEGER,
    denied_third_party INTEGER,
    denied_internal_affairs INTEGER,
    denied_process_info INTEGER,
    denied_enforcement_file INTEGER,
    denied_admin_query INTEGER,
    unable_not_held INTEGER,
    unable_needs_creation INTEGER,
    unable_still_unclear INTEGER,
    refused_petition INTEGER,
    refused_repeat INTEGER,
    refused_publication INTEGER,
    refused_excessive INTEGER,
    refused_reissue INTEGER,
    other_total INTEGER,
    other_correction_overdue INTEGER,
    other_fee_overdue INTEGER,
    other_misc INTEGER,
    total_processed INTEGER,
    carried_out INTEGER,
    reconsideration_upheld INTEGER,
    reconsideration_corrected INTEGER,
    reconsideration_other INTEGER,
    reconsideration_pending INTEGER,
    reconsideration_total INTEGER,
    litigation_direct_upheld INTEGER,
    litigation_direct_corrected INTEGER,
    litigation_direct_other INTEGER,
    litigation_direct_pending INTEGER,
    litigation_direct_total INTEGER,
    litigation_after_reconsideration_upheld INTEGER,
    litigation_after_reconsideration_corrected INTEGER,
    litigation_after_reconsideration_other INTEGER,
    litigation_after_reconsideration_pending INTEGER,
    litigation_after_reconsideration_total INTEGER
);

CREATE TABLE cells (
    report_id INTEGER NOT NULL REFERENCES reports (id),
    code_id INTEGER NOT NULL REFERENCES codes (id),
    value NUMERIC,
    kind TEXT NOT NULL CHECK (kind IN ('number', 'blank', 'slash', 'dash', 'none', 'text', 'unreadable')),
    raw TEXT NOT NULL,
    note TEXT,
    page INTEGER,
    x0 REAL,
    top REAL,
    x1 REAL,
    bottom REAL,
    PRIMARY KEY (report_id, code_id),
    CHECK ((kind = 'number') = (value IS NOT NULL))
) WITHOUT ROWID;
CREATE INDEX cells_code ON cells (code_id, value);

CREATE TABLE sections (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES reports (id),
    number INTEGER NOT NULL,
    heading TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (report_id, number)
);
-- Pairs of neighbouring characters (archive/bigrams.py): words of two characters are found.
CREATE VIRTUAL TABLE sections_fts USING fts5 (grams, content='', tokenize="unicode61");

CREATE TABLE rules (
    rule TEXT NOT NULL,
    version INTEGER NOT NULL,
    era TEXT NOT NULL,
    hard INTEGER NOT NULL,
    statement_zh TEXT NOT NULL,
    statement_en TEXT NOT NULL,
    PRIMARY KEY (rule, version)
);

CREATE TABLE checks (
    report_id INTEGER NOT NULL REFERENCES reports (id),
    rule TEXT NOT NULL,
    version INTEGER NOT NULL,
    scope TEXT NOT NULL,
    left_value INTEGER,
    right_value INTEGER,
    delta INTEGER,
    status TEXT NOT NULL CHECK (status IN ('fail', 'uncertain')),
    blame TEXT NOT NULL DEFAULT 'unknown' CHECK (blame IN ('source', 'extraction', 'unknown')),
    sentence TEXT NOT NULL,
    PRIMARY KEY (report_id, rule, scope),
    FOREIGN KEY (rule, version) REFERENCES rules (rule, version)
);

CREATE TABLE problems (
    id INTEGER PRIMARY KEY,
    portal TEXT REFERENCES portals (portal),
    url TEXT,
    report_id INTEGER REFERENCES reports (id),
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL
);
CREATE UNIQUE INDEX problems_key ON problems (ifnull(portal, ''), ifnull(url, ''), ifnull(report_id, 0), code, message);
CREATE INDEX problems_report ON problems (report_id);
CREATE INDEX problems_url ON problems (url);

-- Filled from withdrawn.csv in the data folder: who asked is kept there and shown nowhere.
CREATE TABLE withdrawn (
    sha256 TEXT PRIMARY KEY,
    date TEXT NOT NULL,
    ground TEXT NOT NULL
);

-- Sums that the form does not print; NULL when a part is NULL.
CREATE VIEW derived AS
SELECT
    report_id,
    unit,
    kind,
    area,
    year,
    denied_state_secret
        + denied_other_law
        + denied_three_securities
        + denied_third_party
        + denied_internal_affairs
        + denied_process_info
        + denied_enforcement_file
        + denied_admin_query AS denied_total,
    unable_not_held
        + unable_needs_creation
        + unable_still_unclear AS unable_total,
    refused_petition
        + refused_repeat
        + refused_publication
        + refused_excessive
        + refused_reissue AS refused_total,
    coalesce(other_total, other_correction_overdue + other_fee_overdue + other_misc) AS other_total
FROM summary;

-- Governments alone: a sum over governments and their own departments counts twice.
CREATE VIEW governments AS SELECT * FROM summary WHERE kind = 'government';
