-- The working calendar as two lists in one row, so that a statement reads it once and then looks up:
-- numbers by day, counted from 1970-01-01; working days by their number.
CREATE VIEW workforce_workingdays AS
SELECT
    array_agg(number ORDER BY day) AS numbers,
    array_agg(day ORDER BY number) FILTER (WHERE working) AS days
FROM workforce_calendarday;
