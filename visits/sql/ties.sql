-- The own team of a protection plan since whose start no social worker was given to the child.
CREATE VIEW visits_tied AS
SELECT DISTINCT plan.child_id, plan.team_id
FROM visits_protectionplan plan
WHERE plan.team_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM referrals_involvement given
    WHERE given.child_id = plan.child_id AND given.part = 'social_worker'
        AND COALESCE(given.ended_on, 'infinity') > plan.started_on
);
SELECT referrals_tie_watch('referrals_involvement', 'visits_tied');
SELECT referrals_tie_watch('visits_protectionplan', 'visits_tied');
INSERT INTO referrals_tie (child_id, team_id, source)
SELECT child_id, team_id, 'visits_tied' FROM visits_tied;
