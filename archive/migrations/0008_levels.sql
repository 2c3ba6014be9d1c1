-- Between two crawls that read a portal through, known lists alone are looked at: one that is new then stands beside
-- the others, which were not all looked for. It replaces none.

DROP VIEW health;
DROP VIEW lists_changed;
CREATE VIEW lists_changed AS
WITH last AS (SELECT c.portal, c.id AS crawl, c.whole FROM crawls c
    WHERE c.id = (SELECT max(id) FROM crawls WHERE portal = c.portal))
SELECT l.portal, l.url, 'shape' AS how, l.changed AS seen
FROM lists l JOIN last ON last.portal = l.portal
WHERE l.changed_crawl = last.crawl
UNION ALL
SELECT l.portal, l.url, 'replaced', l.first_seen
FROM lists l JOIN last ON last.portal = l.portal
WHERE last.whole IS NOT NULL AND l.last_crawl = last.crawl AND l.first_crawl = last.crawl
    AND EXISTS (SELECT 1 FROM lists o WHERE o.portal = l.portal AND o.last_crawl < last.crawl);

-- How each portal fares: what `nianbao status` tells.
CREATE VIEW health AS
SELECT p.portal, p.name, p.home, p.status, p.last_success, p.last_attempt, p.blocked_until, p.expect_min, p.reports, p.gone,
    (SELECT count(*) FROM lists_changed l WHERE l.portal = p.portal) AS lists_changed,
    p.last_attempt IS NOT NULL AND p.expect_min IS NOT NULL AND p.reports < p.expect_min AS below_expectation,
    p.expect_since,
    (SELECT c.reason FROM crawls c WHERE c.portal = p.portal ORDER BY c.id DESC LIMIT 1) AS reason
FROM portals p;
