-- The stretches of days in which a request was open: from receipt, and again from each later decision
-- that overturned a refusal, to the next ending (a refusal of the same day is the one overturned).
-- A withdrawal without a date never was open.
CREATE VIEW ehcp_openspell AS
SELECT
    opening.request_id || '/' || opening.number AS id,
    opening.request_id,
    opening.opened_on,
    LEAST(opening.reopened_on, min(ending.ended_on)) AS ended_on
FROM (
    SELECT request_id, opened_on, first,
        row_number() OVER openings AS number,
        lead(opened_on, 1, '9999-12-31') OVER openings AS reopened_on
    FROM (
        SELECT id AS request_id, received_on AS opened_on, TRUE AS first
        FROM ehcp_request
        WHERE NOT historical AND (withdrawn_on IS NOT NULL OR NOT withdrawn)
        UNION ALL
        SELECT decision.request_id, decision.decided_on, FALSE
        FROM ehcp_decision decision
        JOIN ehcp_request request ON request.id = decision.request_id AND NOT request.historical
        WHERE decision.basis <> 'original' AND decision.agreed
    ) moment
    WINDOW openings AS (PARTITION BY request_id ORDER BY opened_on, first DESC)
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
GROUP BY opening.request_id, opening.number, opening.opened_on, opening.reopened_on;
