"""Generated authorities of any size: ten years of records, made inside the database.

Every number is a hash of the row's own, so that the same size and day give the same records. Rows
are written in the order in which they would have been recorded. Triggers rest meanwhile: no history
and no outbox, as after a restore.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

import psycopg

from indicators import registry
from indicators.published import BY_INDICATOR

YEARS = 10
PLACES = 100  # numbers set aside for the teams of an authority; the first is the authority's own
SERVICES = 3


@dataclass(frozen=True)
class Size:
    """How much there is to generate: records in all, and teams in each authority."""

    name: str
    authorities: int
    referrals: int
    visits: int
    teams: int

    @property
    def rows(self) -> int:
        """The records that the heavy families are made from."""
        return self.referrals + self.visits


SIZES = {
    size.name: size
    for size in (
        Size("S", 1, 25_000, 59_000, 10),
        Size("L", 1, 405_000, 1_170_000, 60),
        Size("XL", 120, 6_600_000, 13_700_000, 25),
    )
}

CHANCE = """
    CREATE FUNCTION pg_temp.chance(n bigint, what int) RETURNS float8 LANGUAGE sql IMMUTABLE
    AS 'SELECT (hashint8extended(n, what) & 4294967295) / 4294967296.0';
    CREATE FUNCTION pg_temp.up_to(most bigint, n bigint, what int) RETURNS int LANGUAGE sql IMMUTABLE
    AS 'SELECT floor(most * pg_temp.chance(n, what))::int';
    CREATE FUNCTION pg_temp.team(child bigint, n bigint, what int) RETURNS bigint LANGUAGE sql
    IMMUTABLE AS 'SELECT (1 + child % {authorities}) * {places} + {services} + 1
        + pg_temp.up_to({teams}, n, what)';
    CREATE FUNCTION pg_temp.worker(team bigint, n bigint, what int) RETURNS bigint LANGUAGE sql
    IMMUTABLE AS 'SELECT team * 100 + pg_temp.up_to(20, n, what)';
"""

TEAMS = """
    INSERT INTO workforce_team (id, name, kind, code, parent_id, authority_id)
    SELECT id, kind || ' ' || id, kind, CASE kind WHEN 'authority' THEN 'G' || root ELSE '' END,
        CASE kind WHEN 'service' THEN root WHEN 'team' THEN root + 1 + id % {services} END,
        CASE WHEN kind <> 'authority' THEN root END
    FROM (
        SELECT root + place AS id, root, CASE WHEN place = 0 THEN 'authority'
            WHEN place <= {services} THEN 'service' ELSE 'team' END AS kind
        FROM (SELECT {places} * generate_series(1::bigint, {authorities}) AS root) roots,
            generate_series(0, {services} + {teams}) AS place
    ) places;
    INSERT INTO visits_visitstandard (authority_id, valid_from, interval, unit)
    SELECT {places} * n, DATE '{first}' + change * 1300, 15 - change * 5, 'working'
    FROM generate_series(1, {authorities}) AS n, generate_series(0, 1) AS change;
    INSERT INTO ehcp_timelimit (step, days, valid_from) VALUES
        ('decision', 42, '2000-01-01'), ('no_plan', 112, '2000-01-01'), ('issue', 140, '2000-01-01');
"""

# Twenty posts in each team, each held by one worker after another.
WORKERS = """
    INSERT INTO workforce_worker (
        id, authority_id, reference, registration_number, registered, first_name, last_name
    )
    SELECT team.id * 100 + post, team.authority_id, 'W' || team.id || '/' || post, '',
        post < 18, 'Worker', 'No ' || post
    FROM workforce_team team, generate_series(0, 19) AS post WHERE team.kind = 'team';
    INSERT INTO workforce_employment (
        id, worker_id, contract, started_on, origin, left_on, reason_for_leaving, destination,
        absence, entered_here
    )
    SELECT id * 4 + turn, id, CASE WHEN pg_temp.chance(id, 1) < 0.25 THEN 'agency' ELSE 'employee' END,
        began, '', CASE WHEN left_on < DATE '{today}' THEN left_on END,
        CASE WHEN left_on < DATE '{today}' THEN (1 + pg_temp.up_to(8, id * 4 + turn, 2))::text
            ELSE '' END, '', '', TRUE
    FROM (
        SELECT id, turn, DATE '{first}' + turn * 1000 + pg_temp.up_to(300, id * 4 + turn, 3) AS began,
            DATE '{first}' + turn * 1000 + 500 + pg_temp.up_to(500, id * 4 + turn, 4) AS left_on
        FROM workforce_worker, generate_series(0, 3) AS turn
    ) turns;
    INSERT INTO workforce_assignment (employment_id, team_id, role, fte, started_on, ended_on)
    SELECT id, CASE part WHEN 0 THEN worker_id / 100
            ELSE worker_id / 100 / {places} * {places} + {services} + 1
                + pg_temp.up_to({teams}, id, 5) END,
        '5', CASE WHEN pg_temp.chance(id + part, 6) < 0.7 THEN 1 ELSE 0.6 END,
        started_on + part * 200, CASE part WHEN 0 THEN started_on + 200 ELSE left_on END
    FROM workforce_employment, generate_series(0, 1) AS part;
    INSERT INTO workforce_vacancy (team_id, fte, role, opened_on, filled_on, reference)
    SELECT id, 1, '5', opened_on, CASE WHEN opened_on + 90 < DATE '{today}' THEN opened_on + 90 END, ''
    FROM (
        SELECT id, DATE '{first}' + n * 180 + pg_temp.up_to(90, id * 100 + n, 7) AS opened_on
        FROM workforce_team, generate_series(0, {years} * 2 - 1) AS n WHERE kind = 'team'
    ) opened;
"""

CHILDREN = """
    INSERT INTO referrals_child (
        id, authority_id, reference, first_name, last_name, born_on, sex, ethnicity, disabilities,
        upn, upn_unknown
    )
    SELECT n, (1 + n % {authorities}) * {places}, 'C' || n, 'Child', 'No ' || n,
        DATE '{first}' - 4000 + pg_temp.up_to(3600, n, 10), 'U', 'NOBT', '{{}}', '', ''
    FROM generate_series(1::bigint, {children} + {requests}) AS n;
"""

# A case ends before the child's next one; some lead to a child protection plan.
CASES = """
    CREATE TEMP TABLE made AS
    SELECT *, LEAST(next_on, received_on + CASE WHEN planned > 0 THEN planned + 60
            ELSE 10 + pg_temp.up_to(200, id, 20) END) AS over_on,
        nfa OR received_on = next_on OR LEAST(next_on, DATE '{today}') - received_on < 2 AS nothing
    FROM (
        SELECT id, child_id, received_on, pg_temp.chance(id, 21) < 0.2 AS nfa,
            CASE WHEN pg_temp.chance(id, 22) < 0.15 THEN 90 + pg_temp.up_to(500, id, 23) ELSE 0 END
                AS planned,
            lead(received_on, 1, DATE '9999-12-31') OVER (PARTITION BY child_id ORDER BY received_on)
                AS next_on
        FROM (
            SELECT n AS id, 1 + pg_temp.up_to({children}, n, 24) AS child_id,
                DATE '{first}' + pg_temp.up_to({days}, n, 25) AS received_on
            FROM generate_series(1::bigint, {referrals}) AS n
        ) referred
    ) followed;
    ANALYZE made;
    INSERT INTO referrals_referral (
        id, child_id, team_id, reference, received_on, source, primary_need, no_further_action,
        decided_on, decision_collected, closed_on, closure_reason, entered_here, "overlaps"
    )
    SELECT id, child_id, pg_temp.team(child_id, id, 26), '', received_on, '6', 'N1', nothing,
        CASE WHEN pg_temp.chance(id, 27) < 0.98
            THEN LEAST(DATE '{today}', over_on, received_on + pg_temp.up_to(4, id, 28)) END, TRUE,
        CASE WHEN NOT nothing AND over_on < DATE '{today}' THEN over_on END,
        CASE WHEN NOT nothing AND over_on < DATE '{today}' THEN 'RC7' ELSE '' END, TRUE, FALSE
    FROM made ORDER BY received_on, id;
    INSERT INTO referrals_involvement (
        child_id, reference, part, team_id, worker_id, started_on, ended_on, entered_here
    )
    SELECT child_id, '', 'social_worker', team_id, pg_temp.worker(team_id, id, 29 + part), began,
        CASE WHEN ended < DATE '{today}' THEN ended END, TRUE
    FROM (
        SELECT id, child_id, part, pg_temp.team(child_id, id, 26 + part) AS team_id,
            CASE part WHEN 0 THEN received_on ELSE moved_on END AS began,
            CASE part WHEN 0 THEN COALESCE(moved_on, over_on) ELSE over_on END AS ended
        FROM (
            SELECT *, CASE WHEN pg_temp.chance(id, 30) < 0.4 AND over_on - received_on > 30
                THEN received_on + (LEAST(over_on, DATE '{today}') - received_on) / 2 END AS moved_on
            FROM made WHERE NOT nothing
        ) moves, generate_series(0, 1) AS part
        WHERE part = 0 OR moved_on IS NOT NULL
    ) stints WHERE began < LEAST(ended, DATE '{today}') ORDER BY began, id;
"""

VISITS = """
    INSERT INTO visits_protectionplan (
        id, child_id, team_id, reference, started_on, ended_on, initial_category, latest_category,
        earlier_plans, visit_interval, entered_here, "overlaps"
    )
    SELECT id, child_id, pg_temp.team(child_id, id, 26), '', received_on + 20,
        CASE WHEN over_on < DATE '{today}' THEN over_on END, 'NEG', 'NEG', 0,
        CASE WHEN pg_temp.chance(id, 40) < 0.03 THEN 5 END, TRUE, FALSE
    FROM made
    WHERE planned > 0 AND NOT nothing AND received_on + 21 < LEAST(over_on, DATE '{today}')
    ORDER BY received_on, id;
    INSERT INTO visits_visit (
        plan_id, worker_id, reference, visited_on, purpose, place, outcome, seen_alone, recorded_at
    )
    SELECT id, worker_id, '', visited_on, 'statutory',
        CASE WHEN attempt < 0.04 THEN 'school' ELSE 'home' END,
        CASE WHEN attempt > 0.9 THEN 'attempted' ELSE 'seen' END,
        attempt BETWEEN 0.04 AND 0.6,
        CASE WHEN attempt < 0.95 THEN visited_on + INTERVAL '11 hours'
            + pg_temp.up_to(6, n, 41) * INTERVAL '1 day' END
    FROM (
        SELECT id, n, pg_temp.worker(team_id, id, 29) AS worker_id, pg_temp.chance(n, 42) AS attempt,
            started_on + 1 + number * 12 + pg_temp.up_to(9, n, 43) AS visited_on, ended_on
        FROM (
            SELECT id, team_id, started_on, COALESCE(ended_on, DATE '{today}') AS ended_on,
                number, id * 100 + number AS n
            FROM visits_protectionplan, generate_series(0, 60) AS number
        ) numbered
        WHERE pg_temp.chance(n, 44) < 0.93
    ) visited
    WHERE visited_on <= ended_on
    ORDER BY visited_on, n;
    DELETE FROM visits_visit WHERE id IN (
        SELECT id FROM visits_visit ORDER BY pg_temp.chance(id, 45) OFFSET {visits}
    );
"""

REQUESTS = """
    CREATE TEMP TABLE asked AS
    SELECT n AS id, child_id, pg_temp.team(child_id, n, 50) AS team_id, received_on,
        received_on + 20 + pg_temp.up_to(40, n, 51) AS assess_on,
        received_on + 80 + pg_temp.up_to(60, n, 52) AS refused_on,
        received_on + 100 + pg_temp.up_to(80, n, 53) AS issued_on,
        pg_temp.chance(n, 54) AS fate
    FROM (
        SELECT n, CASE WHEN pg_temp.chance(n, 55) < 0.1 THEN n ELSE {children} + n END AS child_id,
            DATE '{first}' + pg_temp.up_to({days}, n, 56) AS received_on
        FROM generate_series(1::bigint, {requests}) AS n
    ) requested;
    INSERT INTO ehcp_request (
        id, child_id, team_id, reference, received_on, sen_type, withdrawn, withdrawn_on, historical
    )
    SELECT id, child_id, team_id, '', received_on, 'ASD', withdrawn,
        CASE WHEN withdrawn THEN received_on + 15 END, pg_temp.chance(id, 57) < 0.02
    FROM (SELECT *, fate < 0.05 AND received_on + 15 <= DATE '{today}' AS withdrawn FROM asked) known
    ORDER BY received_on, id;
    INSERT INTO ehcp_decision (request_id, stage, basis, agreed, decided_on)
    SELECT id, 'assess', 'original', fate > 0.25, assess_on FROM asked
    WHERE fate > 0.05 AND assess_on <= DATE '{today}' ORDER BY assess_on;
    INSERT INTO ehcp_decision (request_id, stage, basis, agreed, decided_on)
    SELECT id, 'assess', 'mediation', TRUE, assess_on + 30 FROM asked
    WHERE fate BETWEEN 0.2 AND 0.25 AND assess_on + 30 <= DATE '{today}';
    INSERT INTO ehcp_decision (request_id, stage, basis, agreed, decided_on)
    SELECT id, 'plan', 'original', FALSE, refused_on FROM asked
    WHERE fate BETWEEN 0.25 AND 0.35 AND refused_on <= DATE '{today}';
    INSERT INTO ehcp_plan (request_id, issued_on, cease_reason)
    SELECT id, issued_on, '' FROM asked
    WHERE fate > 0.35 AND issued_on <= DATE '{today}' ORDER BY issued_on;
    INSERT INTO ehcp_permittedexception (request_id, ground, noted_on)
    SELECT id, 'c', received_on + 60 FROM asked
    WHERE fate > 0.93 AND received_on + 60 <= DATE '{today}';
    INSERT INTO referrals_involvement (
        child_id, reference, part, team_id, started_on, entered_here
    )
    SELECT DISTINCT ON (child_id) child_id, '', 'send_officer',
        pg_temp.team(child_id, id, 50), received_on + 1, TRUE
    FROM asked WHERE pg_temp.chance(id, 58) < 0.9 ORDER BY child_id, received_on;
"""

# Targets of two kinds, ten years of four areas, and what happened about once a year.
BESIDE = """
    INSERT INTO indicators_target (authority_id, indicator, kind, valid_from, value, source)
    SELECT {places} * n, name, kind, DATE '{first}' + change * 1300, 70 + change * 10, 'Plan'
    FROM generate_series(1, {authorities}) AS n, unnest({rates}) AS name,
        unnest(ARRAY['local', 'national']) AS kind, generate_series(0, 2) AS change;
    INSERT INTO indicators_area (id, name, kind, code)
    SELECT number, initcap(kind), kind, 'E' || number
    FROM unnest(ARRAY['national', 'region', 'neighbours', 'authority'])
        WITH ORDINALITY AS area (kind, number);
    INSERT INTO indicators_comparedwith (authority_id, area_id, valid_from)
    SELECT {places} * n, id, DATE '{first}' FROM generate_series(1, {authorities}) AS n,
        indicators_area;
    INSERT INTO indicators_comparator (
        indicator, area_id, first_on, last_on, value, marker, published_on, source
    )
    SELECT rate, id, ended_on - 364, ended_on, 20 + pg_temp.up_to(60, year * 10 + id, 60), '',
        ended_on + 200, 'Published'
    FROM unnest({compared}) AS rate, indicators_area, generate_series(1, {years}) AS year,
        LATERAL (SELECT make_date(extract(year FROM DATE '{today}')::int - year, 3, 31) AS ended_on);
    INSERT INTO indicators_annotation (
        place_id, indicator, happened_on, words, new_baseline, why, noted_at
    )
    SELECT {places} * n, '', DATE '{today}' - 300 * year, 'Something changed', year % 4 = 0,
        CASE year % 4 WHEN 0 THEN 'It is recorded otherwise' ELSE '' END, now()
    FROM generate_series(1, {authorities}) AS n, generate_series(1, {years}) AS year;
"""

# Who needs to know of a child, which triggers keep in step otherwise.
TIES = """
    INSERT INTO referrals_tie (child_id, team_id, source)
    SELECT child_id, team_id, '{source}' FROM {source}
"""

NUMBERS = """
    SELECT setval(pg_get_serial_sequence('{table}', 'id'), COALESCE(max(id), 1)) FROM {table}
"""
NUMBERED = (
    "workforce_team",
    "workforce_worker",
    "workforce_employment",
    "referrals_child",
    "referrals_referral",
    "visits_protectionplan",
    "ehcp_request",
)


def _array(names: Iterable[str]) -> str:
    return f"ARRAY{list(names)}"


def generate(connection: psycopg.Connection, size: Size, today: datetime.date) -> None:
    """Fill an empty database with the records of that size, the last of them of today."""
    days = YEARS * 365
    terms = {
        **vars(size),
        "children": size.referrals * 6 // 10,
        "requests": size.referrals // 8,
        "days": days,
        "first": today - datetime.timedelta(days=days - 1),
        "today": today,
        "years": YEARS,
        "places": PLACES,
        "services": SERVICES,
        "rates": _array(each.name for each in registry.listed() if each.unit == "%"),
        "compared": _array(BY_INDICATOR),
    }
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute("SET LOCAL work_mem = '256MB'")
        for part in (CHANCE, TEAMS, WORKERS, CHILDREN, CASES, VISITS, REQUESTS, BESIDE):
            connection.execute(part.format(**terms))
        for source in ("referrals_tied", "ehcp_tied", "visits_tied"):
            connection.execute(TIES.format(source=source))
        for table in NUMBERED:
            connection.execute(NUMBERS.format(table=table))
    connection.execute("VACUUM (ANALYZE)")
