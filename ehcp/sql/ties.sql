-- The own team of a request since which no SEND casework officer was given to the child.
CREATE VIEW ehcp_tied AS
SELECT DISTINCT request.child_id, request.team_id
FROM ehcp_request request
WHERE request.team_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM referrals_involvement given
    WHERE given.child_id = request.child_id AND given.part = 'send_officer'
        AND COALESCE(given.ended_on, 'infinity') > request.received_on
);
SELECT referrals_tie_watch('referrals_involvement', 'ehcp_tied');
SELECT referrals_tie_watch('ehcp_request', 'ehcp_tied');
INSERT INTO referrals_tie (child_id, team_id, source)
SELECT child_id, team_id, 'ehcp_tied' FROM ehcp_tied;
