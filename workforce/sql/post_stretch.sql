-- Stretches of an employment in which team, role and hours stayed the same; where none are recorded,
-- the worker is in post all the same, with no team and no hours.
CREATE VIEW workforce_poststretch AS
SELECT
    'assigned/' || assignment.id AS id,
    employment.id AS employment_id,
    assignment.team_id,
    assignment.fte,
    GREATEST(assignment.started_on, employment.started_on) AS since,
    LEAST(assignment.ended_on, employment.left_on, '9999-12-31') AS until
FROM workforce_employment employment
JOIN workforce_assignment assignment ON assignment.employment_id = employment.id
UNION ALL
SELECT
    'gap/' || employment.id || '/' || lower(gap),
    employment.id,
    NULL,
    0,
    lower(gap),
    upper(gap)
FROM (
    SELECT employment.id, employment.started_on, employment.left_on,
        range_agg(daterange(assignment.started_on, assignment.ended_on))
            FILTER (WHERE assignment.id IS NOT NULL) AS assigned
    FROM workforce_employment employment
    LEFT JOIN workforce_assignment assignment ON assignment.employment_id = employment.id
    GROUP BY employment.id
) employment
CROSS JOIN LATERAL unnest(
    datemultirange(daterange(employment.started_on, COALESCE(employment.left_on, '9999-12-31')))
    - COALESCE(employment.assigned, '{}')
) AS gap;
