-- The standard in force in an authority between two days; the earliest also counts before its day.
CREATE VIEW visits_standardspan AS
SELECT
    authority_id,
    interval,
    COALESCE(first_interval, interval) AS first_interval,
    unit,
    CASE WHEN row_number() OVER standards = 1 THEN '-infinity' ELSE valid_from END AS since,
    lead(valid_from, 1, 'infinity') OVER standards AS until
FROM visits_visitstandard
WINDOW standards AS (PARTITION BY authority_id ORDER BY valid_from)
UNION ALL
SELECT id, 10, 10, 'working', '-infinity', 'infinity'
FROM workforce_team
WHERE kind = 'authority'
    AND NOT EXISTS (SELECT FROM visits_visitstandard s WHERE s.authority_id = workforce_team.id);

-- The day as at which the visits that fall due are asked for: today, unless the session says otherwise.
CREATE FUNCTION visits_as_at() RETURNS date LANGUAGE sql STABLE AS $$
    SELECT COALESCE(
        NULLIF(current_setting('reckoner.as_at', TRUE), '')::date,
        (CURRENT_TIMESTAMP AT TIME ZONE 'Europe/London')::date
    )
$$;

-- The due days from a missed one on, where the standard changes on the way: days since 1970-01-01.
CREATE FUNCTION visits_due_across(authority bigint, due date, until date, plan_interval int)
RETURNS int[] LANGUAGE plpgsql STABLE AS $$
DECLARE
    found int[] := '{}';
    standard record;
BEGIN
    WHILE due <= until LOOP
        found := found || (due - DATE '1970-01-01');
        EXIT WHEN due >= visits_as_at();
        SELECT s.unit, LEAST(plan_interval, s.interval)::int AS days INTO STRICT standard
        FROM visits_standardspan s
        WHERE s.authority_id = authority AND s.since <= due AND s.until > due;
        IF standard.unit = 'working' THEN
            SELECT later.day INTO due
            FROM workforce_calendarday today
            JOIN workforce_calendarday later
                ON later.working AND later.number = today.number + standard.days
            WHERE today.day = due;
        ELSE
            due := due + standard.days;
        END IF;
    END LOOP;
    RETURN found;
END $$;

-- One row for each plan, with its history as lists: the days of qualifying visits, and the days on
-- which the child changed hands with the team from then on (nothing where nobody was allocated).
-- Whoever asks for some plans, or for those of one authority, reads the history of no others.
CREATE VIEW visits_planhistory AS
SELECT
    plan.id AS plan_id,
    plan.child_id,
    child.authority_id,
    child.born_on,
    COALESCE(plan.team_id, child.authority_id) AS own_team_id,
    plan.started_on,
    plan.ended_on,
    plan.visit_interval,
    visits.seen_on,
    held.since AS held_since,
    held.teams AS held_by,
    first.due_on AS first_due_on,
    working.numbers,
    working.days
FROM visits_protectionplan plan
JOIN referrals_child child ON child.id = plan.child_id
JOIN visits_standardspan standard
    ON standard.authority_id = child.authority_id
    AND standard.since <= plan.started_on AND standard.until > plan.started_on
CROSS JOIN LATERAL (
    SELECT
        (SELECT numbers FROM workforce_workingdays) AS numbers,
        (SELECT days FROM workforce_workingdays) AS days
    OFFSET 0
) working
CROSS JOIN LATERAL (
    SELECT CASE WHEN standard.unit = 'working'
        THEN working.days[working.numbers[plan.started_on - DATE '1970-01-01' + 1] + step]
        ELSE plan.started_on + step END AS due_on
    FROM (SELECT LEAST(plan.visit_interval, standard.first_interval)::int AS step) asked
    OFFSET 0
) first
LEFT JOIN LATERAL (
    SELECT COALESCE(array_agg(visited_on ORDER BY visited_on), '{}') AS seen_on
    FROM visits_visit visit
    WHERE visit.plan_id = plan.id AND visit.qualifies AND visited_on >= plan.started_on
        AND visited_on <= COALESCE(plan.ended_on, '9999-12-31')
) visits ON TRUE
LEFT JOIN LATERAL (
    SELECT
        COALESCE(array_agg(day ORDER BY started_on, day), '{}') AS since,
        COALESCE(array_agg(team_id ORDER BY started_on, day), '{}') AS teams
    FROM (
        SELECT started_on, started_on AS day, team_id FROM referrals_involvement
        WHERE child_id = plan.child_id AND part = 'social_worker'
        UNION ALL
        SELECT started_on, ended_on, NULL FROM referrals_involvement
        WHERE child_id = plan.child_id AND part = 'social_worker' AND ended_on IS NOT NULL
    ) change
) held ON TRUE;
