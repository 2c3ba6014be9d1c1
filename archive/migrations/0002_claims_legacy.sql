-- Quantities stated in prose beside the tables' own figures, and the statistics tables of reports before 2019.

CREATE TABLE claims (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES reports (id),
    section INTEGER NOT NULL,
    sentence TEXT NOT NULL,
    text TEXT NOT NULL,
    quantity TEXT,
    value NUMERIC NOT NULL,
    unit TEXT NOT NULL,
    approximate INTEGER NOT NULL CHECK (approximate IN (0, 1)),
    table_value NUMERIC,
    agrees INTEGER CHECK (agrees IN (0, 1)),
    CHECK ((table_value IS NULL) = (agrees IS NULL))
);
CREATE INDEX claims_report ON claims (report_id);
CREATE INDEX claims_quantity ON claims (quantity, agrees);

-- No form is assumed: label, unit and column header are what the document prints.
CREATE TABLE legacy (
    report_id INTEGER NOT NULL REFERENCES reports (id),
    row INTEGER NOT NULL,
    label TEXT NOT NULL,
    unit TEXT,
    column_label TEXT,
    value NUMERIC,
    kind TEXT NOT NULL CHECK (kind IN ('number', 'blank', 'slash', 'dash', 'none', 'text', 'unreadable')),
    raw TEXT NOT NULL,
    CHECK ((kind = 'number') = (value IS NOT NULL))
);
CREATE INDEX legacy_report ON legacy (report_id, row);
