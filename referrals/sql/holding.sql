-- Stretches of days in which one team, or none, held a child; without gaps for a child ever allocated.
CREATE VIEW referrals_holding AS
SELECT 'held/' || id AS id, child_id, part, team_id, started_on AS since,
    COALESCE(ended_on, '9999-12-31') AS until
FROM referrals_involvement
WHERE part IN ('social_worker', 'send_officer')
UNION ALL
SELECT 'gap/' || id, child_id, part, NULL, ended_on, next_on
FROM (
    SELECT id, child_id, part, ended_on,
        lead(started_on, 1, '9999-12-31') OVER (PARTITION BY child_id, part ORDER BY started_on)
            AS next_on
    FROM referrals_involvement
    WHERE part IN ('social_worker', 'send_officer')
) following
WHERE ended_on < next_on
UNION ALL
SELECT 'before/' || part || child_id, child_id, part, NULL, '0001-01-01', min(started_on)
FROM referrals_involvement
WHERE part IN ('social_worker', 'send_officer')
GROUP BY child_id, part;

-- Stretches of days in which a social worker held at least one case, with the hours of those days.
-- Whoever asks for some workers reads the cases of no others.
CREATE VIEW referrals_caseholding AS
SELECT
    assignment.id || '/' || lower(stretch) AS id,
    cases.worker_id,
    assignment.team_id,
    assignment.fte,
    lower(stretch) AS since,
    COALESCE(upper(stretch), '9999-12-31') AS until
FROM (
    SELECT worker_id, range_agg(daterange(started_on, ended_on)) AS days
    FROM referrals_involvement
    WHERE part = 'social_worker' AND worker_id IS NOT NULL
    GROUP BY worker_id
) cases
JOIN workforce_employment employment ON employment.worker_id = cases.worker_id
JOIN workforce_assignment assignment ON assignment.employment_id = employment.id
CROSS JOIN LATERAL unnest(
    cases.days * datemultirange(
        daterange(
            assignment.started_on,
            CASE
                WHEN LEAST(assignment.ended_on, employment.left_on) IS NOT NULL
                THEN GREATEST(
                    assignment.started_on, LEAST(assignment.ended_on, employment.left_on)
                )
            END
        )
    )
) AS stretch;
