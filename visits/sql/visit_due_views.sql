-- One row for each anchor of a plan: the plan's start, and every day with a qualifying visit.
CREATE VIEW visits_visitspell AS
SELECT
    spell.plan_id::text || '/' || spell.anchor_on AS id,
    spell.plan_id,
    plan.child_id,
    child.authority_id,
    plan.ended_on,
    plan.visit_interval,
    spell.anchor_on,
    spell.seen,
    spell.next_on,
    standard.unit,
    CASE standard.unit
        WHEN 'working' THEN due.day
        ELSE spell.anchor_on + step.days
    END AS due_on,
    CASE
        WHEN NOT spell.seen THEN NULL
        WHEN standard.unit <> 'working' THEN spell.anchor_on + step.usual_days
        WHEN step.usual_days = step.days THEN due.day
        ELSE (
            SELECT usual.day FROM workforce_calendarday usual
            WHERE usual.working AND usual.number = anchor_day.number + step.usual_days
        )
    END AS good_until
FROM (
    SELECT
        plan_id,
        anchor_on,
        bool_or(seen) AS seen,
        lead(anchor_on) OVER (PARTITION BY plan_id ORDER BY anchor_on) AS next_on
    FROM (
        SELECT id AS plan_id, started_on AS anchor_on, FALSE AS seen FROM visits_protectionplan
        UNION ALL
        SELECT plan_id, visited_on, TRUE FROM visits_visit WHERE qualifies
    ) anchor
    GROUP BY plan_id, anchor_on
) spell
JOIN visits_protectionplan plan
    ON plan.id = spell.plan_id
    AND spell.anchor_on >= plan.started_on
    AND (plan.ended_on IS NULL OR spell.anchor_on <= plan.ended_on)
JOIN referrals_child child ON child.id = plan.child_id
JOIN visits_standardspan standard
    ON standard.authority_id = child.authority_id
    AND standard.since <= spell.anchor_on AND standard.until > spell.anchor_on
JOIN workforce_calendarday anchor_day ON anchor_day.day = spell.anchor_on
CROSS JOIN LATERAL (
    SELECT
        LEAST(plan.visit_interval, standard.interval)::int AS usual_days,
        LEAST(
            plan.visit_interval,
            CASE WHEN spell.anchor_on = plan.started_on
                THEN standard.first_interval ELSE standard.interval END
        )::int AS days
) step
JOIN workforce_calendarday due ON due.working AND due.number = anchor_day.number + step.days;

-- One row for each visit that falls due. A missed one is followed by others until a visit comes, or
-- up to the first that falls due on the as-at day or later.
CREATE VIEW visits_visitdue AS
SELECT
    step.plan_id::text || '/' || step.anchor_on || '/' || step.position AS id,
    step.plan_id,
    step.child_id,
    step.anchor_on,
    CASE step.unit
        WHEN 'working' THEN due.day
        ELSE DATE '1970-01-01' + step.position
    END AS due_on,
    CASE WHEN step.next_on <= step.first_due_on THEN step.next_on END AS met_on,
    step.next_on
FROM (
    SELECT
        chain.plan_id,
        chain.child_id,
        chain.anchor_on,
        chain.next_on,
        chain.due_on AS first_due_on,
        CASE WHEN chain.met OR chain.crosses THEN 'days' ELSE chain.unit END AS unit,
        unnest(
            CASE
                WHEN chain.met THEN ARRAY[chain.due_on - DATE '1970-01-01']
                WHEN chain.crosses THEN visits_due_across(
                    chain.authority_id, chain.due_on, chain.until_on, chain.visit_interval
                )
                ELSE ARRAY(
                    SELECT generate_series(
                        chain.first_position,
                        LEAST(
                            chain.last_position,
                            GREATEST(chain.first_position, chain.as_at_position + chain.days - 1)
                        ),
                        chain.days
                    )
                )
            END
        ) AS position
    FROM (
        SELECT
            spell.plan_id,
            spell.child_id,
            spell.authority_id,
            spell.visit_interval::int AS visit_interval,
            spell.anchor_on,
            spell.next_on,
            spell.due_on,
            bounds.until_on,
            standard.unit,
            LEAST(spell.visit_interval, standard.interval)::int AS days,
            spell.next_on IS NOT NULL AND spell.next_on <= spell.due_on AS met,
            standard.until <= bounds.until_on OR standard.unit <> spell.unit AS crosses,
            CASE standard.unit
                WHEN 'working' THEN due_day.number ELSE spell.due_on - DATE '1970-01-01'
            END AS first_position,
            CASE standard.unit
                WHEN 'working' THEN until_day.number ELSE bounds.until_on - DATE '1970-01-01'
            END AS last_position,
            CASE standard.unit
                WHEN 'working' THEN before_day.number + 1 ELSE bounds.as_at - DATE '1970-01-01'
            END AS as_at_position
        FROM visits_visitspell spell
        CROSS JOIN LATERAL (
            SELECT LEAST(
                spell.ended_on,
                CASE WHEN spell.next_on > spell.due_on THEN spell.next_on - 1 END,
                GREATEST(spell.due_on, visits_as_at() + 100)
            ) AS until_on,
            visits_as_at() AS as_at
        ) bounds
        JOIN visits_standardspan standard
            ON standard.authority_id = spell.authority_id
            AND standard.since <= spell.due_on AND standard.until > spell.due_on
        JOIN workforce_calendarday due_day ON due_day.day = spell.due_on
        JOIN workforce_calendarday until_day ON until_day.day = bounds.until_on
        JOIN workforce_calendarday before_day ON before_day.day = bounds.as_at - 1
        WHERE spell.due_on <= bounds.until_on
    ) chain
) step
LEFT JOIN workforce_calendarday due
    ON step.unit = 'working' AND due.working AND due.number = step.position;

-- Stretches of days in which the latest visit of a plan was recent, or was not.
CREATE VIEW visits_seenstint AS
SELECT
    spell.plan_id::text || '/' || spell.anchor_on || '/' || stint.recent AS id,
    spell.plan_id,
    spell.child_id,
    spell.anchor_on,
    stint.recent,
    GREATEST(stint.began_on, spell.visit_by) AS began_on,
    LEAST(stint.ended_on, spell.next_on, spell.ended_on, '9999-12-31') AS ended_on
FROM (
    SELECT plan_id, child_id, anchor_on, next_on, ended_on, good_until,
        first_value(due_on) OVER (PARTITION BY plan_id ORDER BY anchor_on) AS visit_by
    FROM visits_visitspell
) spell
CROSS JOIN LATERAL (
    VALUES
        (TRUE, spell.anchor_on, COALESCE(spell.good_until + 1, spell.anchor_on)),
        (FALSE, COALESCE(spell.good_until + 1, spell.anchor_on), NULL)
) AS stint (recent, began_on, ended_on)
WHERE GREATEST(stint.began_on, spell.visit_by)
    < LEAST(stint.ended_on, spell.next_on, spell.ended_on, '9999-12-31');
