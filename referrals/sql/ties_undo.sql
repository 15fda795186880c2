DROP TRIGGER referrals_tie_gone ON referrals_child;
DROP FUNCTION referrals_tie_changed, referrals_tie_gone CASCADE;
DROP FUNCTION referrals_tie_anew, referrals_tie_watch;
DROP VIEW referrals_tied;
