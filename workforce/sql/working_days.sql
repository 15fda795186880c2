-- The working calendar as two lists in one row, so that a statement reads it once and then looks up:
-- numbers by day, counted from 1970-01-01; working days by their number.
CREATE VIEW workforce_workingdays AS
SELECT
    ARRAY(SELECT number FROM workforce_calendarday ORDER BY day) AS numbers,
    ARRAY(SELECT day FROM workforce_calendarday WHERE working ORDER BY number) AS days;
