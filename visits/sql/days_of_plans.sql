-- One row for each anchor of a plan: the plan's start, and every day with a qualifying visit. Where a
-- due day is counted in working days, its position is its number, else the days since 1970-01-01.
CREATE VIEW visits_visitspell AS
SELECT
    spell.plan_id::text || '/' || spell.anchor_on AS id,
    spell.plan_id,
    spell.child_id,
    spell.authority_id,
    spell.own_team_id,
    spell.held_since,
    spell.held_by,
    spell.started_on,
    spell.ended_on,
    spell.visit_interval,
    spell.anchor_on,
    spell.next_on,
    spell.as_at,
    spell.numbers,
    spell.days,
    standard.unit,
    standard.until AS standard_until,
    step.usual,
    due.position AS due_position,
    due.day AS due_on
FROM (
    SELECT
        plan_id, child_id, authority_id, own_team_id, held_since, held_by, started_on, ended_on,
        visit_interval,
        unnest(started_on || seen_on) AS anchor_on,
        unnest(seen_on) AS next_on,
        (SELECT visits_as_at()) AS as_at,
        numbers,
        days
    FROM visits_planhistory
) spell
JOIN visits_standardspan standard
    ON standard.authority_id = spell.authority_id
    AND standard.since <= spell.anchor_on AND standard.until > spell.anchor_on
CROSS JOIN LATERAL (
    SELECT
        LEAST(spell.visit_interval, standard.interval)::int AS usual,
        LEAST(
            spell.visit_interval,
            CASE WHEN spell.anchor_on = spell.started_on
                THEN standard.first_interval ELSE standard.interval END
        )::int AS days
) step
CROSS JOIN LATERAL (
    SELECT
        position,
        CASE WHEN standard.unit = 'working'
            THEN spell.days[position] ELSE DATE '1970-01-01' + position END AS day
    FROM (
        SELECT step.days + CASE WHEN standard.unit = 'working'
            THEN spell.numbers[spell.anchor_on - DATE '1970-01-01' + 1]
            ELSE spell.anchor_on - DATE '1970-01-01' END AS position
    ) counted
    OFFSET 0
) due
WHERE spell.next_on IS NULL OR spell.anchor_on < spell.next_on;

-- One row for each visit that falls due. A missed one is followed by others until a visit comes, or
-- up to the first that falls due on the as-at day or later. Where the standard changes on the way,
-- each due day is counted from the one before.
CREATE VIEW visits_visitdue AS
SELECT
    chain.plan_id::text || '/' || chain.anchor_on || '/' || due.day AS id,
    chain.plan_id,
    chain.child_id,
    chain.authority_id,
    COALESCE(chain.held_by[width_bucket(due.day, chain.held_since)], chain.own_team_id) AS team_id,
    chain.anchor_on,
    due.day AS due_on,
    CASE WHEN chain.met THEN chain.next_on END AS met_on,
    chain.next_on
FROM (
    SELECT
        spell.plan_id, spell.child_id, spell.authority_id, spell.own_team_id, spell.held_since,
        spell.held_by, spell.anchor_on, spell.next_on, spell.days, step.met,
        step.last IS NOT NULL AND spell.unit = 'working' AS working,
        generate_series(spell.due_position, step.last, spell.usual) AS position,
        unnest(
            CASE WHEN step.last IS NULL THEN visits_due_across(
                spell.authority_id, spell.due_on,
                LEAST(spell.ended_on, spell.next_on - 1, '9999-12-31'), spell.visit_interval::int
            ) END
        ) AS position_across
    FROM visits_visitspell spell
    CROSS JOIN LATERAL (
        SELECT
            met,
            CASE
                WHEN met THEN spell.due_position
                WHEN spell.standard_until > until_on THEN LEAST(
                    GREATEST(
                        spell.due_position,
                        spell.usual - 1 + CASE WHEN spell.unit = 'working'
                            THEN spell.numbers[spell.as_at - DATE '1970-01-01'] + 1
                            ELSE spell.as_at - DATE '1970-01-01' END
                    ),
                    CASE WHEN spell.unit = 'working'
                        THEN spell.numbers[LEAST(spell.ended_on, spell.next_on - 1) - DATE '1970-01-01' + 1]
                        ELSE LEAST(spell.ended_on, spell.next_on - 1) - DATE '1970-01-01' END
                )
            END AS last
        FROM (
            SELECT
                COALESCE(spell.next_on <= spell.due_on, FALSE) AS met,
                LEAST(
                    spell.ended_on, spell.next_on - 1, GREATEST(spell.due_on, spell.as_at)
                ) AS until_on
        ) bounds
        OFFSET 0
    ) step
    WHERE spell.ended_on IS NULL OR spell.due_on <= spell.ended_on
) chain
CROSS JOIN LATERAL (
    SELECT CASE WHEN chain.working THEN chain.days[chain.position]
        ELSE DATE '1970-01-01' + COALESCE(chain.position, chain.position_across) END AS day
    OFFSET 0
) due;

-- One row for each plan and each day on which it was open: who held the child on that day, and how
-- long ago the latest qualifying visit was by the standard in force on the day of it. To be asked
-- for on chosen days.
CREATE VIEW visits_planday AS
SELECT
    plan.plan_id::text || '/' || plan.day AS id,
    plan.plan_id,
    plan.child_id,
    plan.authority_id,
    COALESCE(plan.held_by[width_bucket(plan.day, plan.held_since)], plan.own_team_id) AS team_id,
    plan.day,
    plan.anchor_on,
    plan.first_due_on <= plan.day AS expected,
    plan.seen_on IS NOT NULL AND plan.day <= CASE WHEN standard.unit = 'working'
        THEN plan.days[
            plan.numbers[plan.seen_on - DATE '1970-01-01' + 1]
            + LEAST(plan.visit_interval, standard.interval)
        ]
        ELSE plan.seen_on + LEAST(plan.visit_interval, standard.interval)
    END AS recent
FROM (
    SELECT
        history.plan_id, history.child_id, history.authority_id, history.own_team_id,
        history.held_since, history.held_by, history.visit_interval, history.first_due_on,
        history.numbers, history.days, calendar.day, latest.seen_on,
        COALESCE(latest.seen_on, history.started_on) AS anchor_on
    FROM visits_planhistory history
    JOIN workforce_calendarday calendar
        ON calendar.day >= history.started_on
        AND calendar.day < COALESCE(history.ended_on, '9999-12-31')
    CROSS JOIN LATERAL (
        SELECT history.seen_on[width_bucket(calendar.day, history.seen_on)] AS seen_on
    ) latest
) plan
JOIN visits_standardspan standard
    ON standard.authority_id = plan.authority_id
    AND standard.since <= plan.anchor_on AND standard.until > plan.anchor_on;
