-- Which teams need to know of a child, kept up to date by triggers: referrals_tie holds what the
-- views called …_tied say. A view belongs to one app; its name is the source of its rows.

-- The teams that work with a child or, where nobody does any more, worked with it last: the
-- involvements after which none of the same child ends. And the own team of a referral since which
-- no social worker was given to the child.
CREATE VIEW referrals_tied AS
SELECT involvement.child_id, involvement.team_id
FROM referrals_involvement involvement
WHERE NOT EXISTS (
    SELECT FROM referrals_involvement later
    WHERE later.child_id = involvement.child_id
        AND COALESCE(later.ended_on, 'infinity') > COALESCE(involvement.ended_on, 'infinity')
)
UNION
SELECT referral.child_id, referral.team_id
FROM referrals_referral referral
WHERE referral.team_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM referrals_involvement given
    WHERE given.child_id = referral.child_id AND given.part = 'social_worker'
        AND COALESCE(given.ended_on, 'infinity') > referral.received_on
);

-- Works out the ties of some children anew. Whoever changes a child's records at the same time
-- waits for the child's row, and then sees them.
CREATE FUNCTION referrals_tie_anew(view_name text, children bigint[]) RETURNS void
LANGUAGE plpgsql AS $tie$
BEGIN
    PERFORM FROM referrals_child child WHERE child.id = ANY (children)
    ORDER BY child.id FOR NO KEY UPDATE;
    DELETE FROM referrals_tie tie WHERE tie.source = view_name AND tie.child_id = ANY (children);
    EXECUTE format(
        'INSERT INTO referrals_tie (child_id, team_id, source)'
        ' SELECT child_id, team_id, %L FROM %I WHERE child_id = ANY ($1)',
        view_name, view_name
    ) USING children;
END $tie$;

CREATE FUNCTION referrals_tie_changed() RETURNS trigger LANGUAGE plpgsql AS $tie$
DECLARE
    children bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        children := ARRAY(SELECT DISTINCT child_id FROM new_rows);
    ELSIF TG_OP = 'DELETE' THEN
        children := ARRAY(SELECT DISTINCT child_id FROM old_rows);
    ELSE
        children := ARRAY(SELECT child_id FROM new_rows UNION SELECT child_id FROM old_rows);
    END IF;
    PERFORM referrals_tie_anew(TG_ARGV[0], children);
    RETURN NULL;
END $tie$;

-- Has the ties that a view says worked out anew whenever a table of records changes.
CREATE FUNCTION referrals_tie_watch(watched text, view_name text) RETURNS void
LANGUAGE plpgsql AS $tie$
DECLARE
    operation text;
    rows text;
BEGIN
    FOR operation, rows IN VALUES
        ('insert', 'NEW TABLE AS new_rows'),
        ('update', 'NEW TABLE AS new_rows OLD TABLE AS old_rows'),
        ('delete', 'OLD TABLE AS old_rows')
    LOOP
        EXECUTE format(
            'CREATE TRIGGER %I AFTER %s ON %I REFERENCING %s FOR EACH STATEMENT'
            ' EXECUTE FUNCTION referrals_tie_changed(%L)',
            view_name || '_' || operation, operation, watched, rows, view_name
        );
    END LOOP;
END $tie$;

CREATE FUNCTION referrals_tie_gone() RETURNS trigger LANGUAGE plpgsql AS $tie$
BEGIN
    DELETE FROM referrals_tie tie WHERE tie.child_id IN (SELECT id FROM old_rows);
    RETURN NULL;
END $tie$;
CREATE TRIGGER referrals_tie_gone AFTER DELETE ON referrals_child
REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION referrals_tie_gone();

SELECT referrals_tie_watch('referrals_involvement', 'referrals_tied');
SELECT referrals_tie_watch('referrals_referral', 'referrals_tied');
INSERT INTO referrals_tie (child_id, team_id, source)
SELECT child_id, team_id, 'referrals_tied' FROM referrals_tied;
