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
    spell.seen,
    spell.next_on,
    spell.first_due_on,
    spell.as_at,
    spell.numbers,
    spell.days,
    standard.unit,
    standard.until AS standard_until,
    step.usual,
    due.position AS due_position,
    due.day AS due_on,
    CASE WHEN spell.seen THEN due.good_until END AS good_until
FROM (
    SELECT
        plan_id, child_id, authority_id, own_team_id, held_since, held_by, started_on, ended_on,
        visit_interval,
        unnest(started_on || seen_on) AS anchor_on,
        unnest(seen_on) AS next_on,
        generate_series(0, cardinality(seen_on)) > 0 AS seen,
        (SELECT visits_as_at()) AS as_at,
        first_due_on,
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
            THEN spell.days[position] ELSE DATE '1970-01-01' + position END AS day,
        CASE WHEN standard.unit = 'working'
            THEN spell.days[position - step.days + step.usual]
            ELSE spell.anchor_on + step.usual END AS good_until
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

-- Stretches of days of a plan, each with the team that held the child: those on which it was open; from
-- the day the first visit fell due, those on which the latest visit was recent, or was not; and those
-- on which the child had not been seen for more than 42 days, the national floor.
CREATE VIEW visits_planstint AS
SELECT
    plan_id::text || '/' || anchor_on || '/' || began_on || '/' || position AS id,
    kind,
    plan_id,
    child_id,
    authority_id,
    COALESCE(held_by[position], own_team_id) AS team_id,
    recent,
    anchor_on,
    GREATEST(began_on, held_since[position]) AS since,
    LEAST(over_on, held_since[position + 1]) AS until
FROM (
    SELECT
        *,
        generate_series(
            width_bucket(began_on, held_since), width_bucket(over_on - 1, held_since)
        ) AS position
    FROM (
        SELECT
            'open' AS kind, plan_id, child_id, authority_id, own_team_id, held_since, held_by,
            NULL::boolean AS recent, started_on AS anchor_on, started_on AS began_on,
            COALESCE(ended_on, '9999-12-31') AS over_on
        FROM visits_planhistory
        UNION ALL
        SELECT
            'seen', plan_id, child_id, authority_id, own_team_id, held_since, held_by, part = 1,
            anchor_on,
            GREATEST(CASE part WHEN 1 THEN anchor_on ELSE stale_on END, first_due_on),
            CASE part WHEN 1 THEN LEAST(stale_on, over_on) ELSE over_on END
        FROM (
            SELECT *, generate_series(
                CASE WHEN seen THEN 1 ELSE 2 END, CASE WHEN over_on > stale_on THEN 2 ELSE 1 END
            ) AS part
            FROM (
                SELECT
                    *,
                    COALESCE(good_until + 1, anchor_on) AS stale_on,
                    LEAST(next_on, ended_on, '9999-12-31') AS over_on
                FROM visits_visitspell
            ) spell
        ) part
        UNION ALL
        SELECT
            'unseen', plan_id, child_id, authority_id, own_team_id, held_since, held_by, NULL,
            anchor_on, anchor_on + 43, LEAST(next_on, ended_on, '9999-12-31')
        FROM visits_visitspell
    ) stretch
    WHERE began_on < over_on
) piece
