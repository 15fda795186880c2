-- The stretches of days in which a request was open: from receipt, and again from each later decision
-- that overturned a refusal, to the next ending (a refusal of the same day is the one overturned).
-- A withdrawal without a date never was open. Whoever asks for some children reads no others.
CREATE VIEW ehcp_openspell AS
SELECT
    opening.request_id || '/' || opening.number AS id,
    opening.request_id,
    opening.opened_on,
    LEAST(opening.reopened_on, min(ending.ended_on)) AS ended_on,
    opening.child_id
FROM (
    SELECT child_id, request_id, opened_on, first,
        row_number() OVER openings AS number,
        lead(opened_on, 1, '9999-12-31') OVER openings AS reopened_on
    FROM (
        SELECT child_id, id AS request_id, received_on AS opened_on, TRUE AS first
        FROM ehcp_request
        WHERE NOT historical AND (withdrawn_on IS NOT NULL OR NOT withdrawn)
        UNION ALL
        SELECT request.child_id, decision.request_id, decision.decided_on, FALSE
        FROM ehcp_decision decision
        JOIN ehcp_request request ON request.id = decision.request_id AND NOT request.historical
        WHERE decision.basis <> 'original' AND decision.agreed
    ) moment
    WINDOW openings AS (PARTITION BY child_id, request_id ORDER BY opened_on, first DESC)
) opening
LEFT JOIN (
    SELECT request_id, decided_on AS ended_on, TRUE AS refused FROM ehcp_decision WHERE NOT agreed
    UNION ALL
    SELECT request_id, issued_on, FALSE FROM ehcp_plan
    UNION ALL
    SELECT id, withdrawn_on, FALSE FROM ehcp_request WHERE withdrawn_on IS NOT NULL
) ending
    ON ending.request_id = opening.request_id
    AND (
        ending.ended_on > opening.opened_on
        OR (ending.ended_on = opening.opened_on AND (opening.first OR NOT ending.refused))
    )
GROUP BY opening.child_id, opening.request_id, opening.number, opening.opened_on, opening.reopened_on;

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
    stretch.over_on,
    spell.child_id
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
