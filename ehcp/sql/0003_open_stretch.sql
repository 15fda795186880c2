-- Stretches of days in which an open request stayed in one band of ages, and on one side of its 20
-- weeks (or of what the time limit of the day of receipt says). Ages are counted in days from receipt.
CREATE VIEW ehcp_openstretch AS
SELECT
    spell.id || '/' || band.age || '/' || side.overdue AS id,
    spell.request_id,
    band.age AS from_age,
    side.overdue,
    request.received_on + COALESCE(usual.days, 140) AS due_on,
    stretch.began_on,
    stretch.over_on
FROM ehcp_openspell spell
JOIN ehcp_request request ON request.id = spell.request_id
LEFT JOIN (
    SELECT
        days,
        CASE WHEN row_number() OVER limits = 1 THEN '-infinity' ELSE valid_from END AS since,
        lead(valid_from, 1, 'infinity') OVER limits AS until
    FROM ehcp_timelimit
    WHERE step = 'issue'
    WINDOW limits AS (ORDER BY valid_from)
) usual ON usual.since <= request.received_on AND usual.until > request.received_on
CROSS JOIN (VALUES (0, 140), (141, 182), (183, 364), (365, 2000000)) AS band (age, oldest)
CROSS JOIN (VALUES (FALSE), (TRUE)) AS side (overdue)
CROSS JOIN LATERAL (
    SELECT
        request.received_on + CASE WHEN side.overdue
            THEN GREATEST(band.age, COALESCE(usual.days, 140) + 1) ELSE band.age END AS began_on,
        request.received_on + CASE WHEN side.overdue
            THEN band.oldest ELSE LEAST(band.oldest, COALESCE(usual.days, 140)) END + 1 AS over_on
) age
CROSS JOIN LATERAL (
    SELECT
        GREATEST(spell.opened_on, age.began_on) AS began_on,
        LEAST(spell.ended_on, age.over_on) AS over_on
) stretch
WHERE stretch.began_on < stretch.over_on;
