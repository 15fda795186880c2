"""The triggers that write down, in the transaction of a change, which figures it touches.

They sit on proxies of the records' tables, so that the records know nothing of the figures. One
trigger each for insert, update and delete runs once a statement, over all the rows it changed.
"""

from dataclasses import dataclass

import pgtrigger
from django.db import models

from ehcp.models import Decision, PermittedException, Plan, Request, TimeLimit
from referrals.models import Child, Involvement, Referral
from visits.models import ProtectionPlan, Visit, VisitStandard
from workforce.models import Assignment, BankHoliday, Employment, Team, Vacancy, Worker

ALWAYS = "DATE '1900-01-01'"
CHILD = "SELECT child.authority_id FROM referrals_child child WHERE child.id = changed.child_id"
REQUEST = (
    "SELECT child.authority_id, request.received_on FROM ehcp_request request"
    " JOIN referrals_child child ON child.id = request.child_id"
    " WHERE request.id = changed.request_id"
)
PLAN = (
    "SELECT child.authority_id FROM visits_protectionplan plan"
    " JOIN referrals_child child ON child.id = plan.child_id WHERE plan.id = changed.plan_id"
)
WORKER = (
    "SELECT worker.authority_id FROM workforce_worker worker WHERE worker.id = changed.worker_id"
)
EMPLOYMENT = (
    "SELECT worker.authority_id, employment.started_on FROM workforce_employment employment"
    " JOIN workforce_worker worker ON worker.id = employment.worker_id"
    " WHERE employment.id = changed.employment_id"
)
TEAM = (
    "SELECT COALESCE(team.authority_id, team.id) AS authority_id FROM workforce_team team"
    " WHERE team.id = changed.team_id"
)
ITSELF = "SELECT changed.authority_id"
EVERYWHERE = "SELECT team.id AS authority_id FROM workforce_team team WHERE team.kind = 'authority'"


@dataclass(frozen=True, kw_only=True)
class Source:
    """A table whose changes touch figures: of which families and authority, from which day on.

    ``home`` looks up the authority of one changed row, by key: without statistics of the changed
    rows, a join could scan all of them for every record. ``columns`` are those that matter; an
    update that leaves them alone is no change. A new child, worker or team has no records yet, and
    each stays with its authority.
    """

    model: type[models.Model]
    families: tuple[str, ...]
    home: str
    since: str = ALWAYS
    columns: str = "*"
    operations: tuple[str, ...] = ("insert", "update", "delete")

    def statement(self, changed: str) -> str:
        """The SQL that appends to the outbox what a set of changed rows touches."""
        families = ", ".join(f"'{family}'" for family in self.families)
        return f"""
            INSERT INTO indicators_outbox (family, authority_id, since, at)
            SELECT family, touched.authority_id, touched.since, clock_timestamp()
            FROM (
                SELECT home.authority_id, min({self.since}) AS since
                FROM ({changed}) changed
                CROSS JOIN LATERAL ({self.home} OFFSET 0) home
                GROUP BY home.authority_id
            ) touched
            CROSS JOIN unnest(ARRAY[{families}]) AS family;
            RETURN NULL;
        """

    def triggers(self) -> list[pgtrigger.Trigger]:
        """The three triggers of the table."""
        some = self.columns
        rows = {
            "insert": (
                pgtrigger.Insert,
                pgtrigger.Referencing(new="new_rows"),
                f"SELECT {some} FROM new_rows",
            ),
            "delete": (
                pgtrigger.Delete,
                pgtrigger.Referencing(old="old_rows"),
                f"SELECT {some} FROM old_rows",
            ),
            "update": (
                pgtrigger.Update,
                pgtrigger.Referencing(old="old_rows", new="new_rows"),
                f"(SELECT {some} FROM old_rows EXCEPT ALL SELECT {some} FROM new_rows)"
                f" UNION ALL (SELECT {some} FROM new_rows EXCEPT ALL SELECT {some} FROM old_rows)",
            ),
        }
        return [
            pgtrigger.Trigger(
                name=f"outbox_{name}",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=operation,
                referencing=referencing,
                func=self.statement(changed),
            )
            for name, (operation, referencing, changed) in rows.items()
            if name in self.operations
        ]


SOURCES = [
    Source(
        model=Team,
        families=("referrals", "ehcp", "visits", "workforce", "caseload"),
        home="SELECT COALESCE(changed.authority_id, changed.id) AS authority_id",
        columns="id, authority_id, parent_id",
        operations=("update", "delete"),
    ),
    Source(
        model=Child,
        families=("referrals", "ehcp", "visits", "caseload"),
        home=ITSELF,
        columns="id, authority_id, born_on",
        operations=("update", "delete"),
    ),
    Source(model=Referral, families=("referrals",), home=CHILD, since="changed.received_on"),
    Source(
        model=Involvement,
        families=("referrals", "ehcp", "visits", "caseload"),
        home=CHILD,
        since="changed.started_on",
    ),
    Source(model=Request, families=("ehcp",), home=CHILD, since="changed.received_on"),
    Source(model=Decision, families=("ehcp",), home=REQUEST, since="home.received_on"),
    Source(model=Plan, families=("ehcp",), home=REQUEST, since="home.received_on"),
    Source(model=PermittedException, families=("ehcp",), home=REQUEST, since="home.received_on"),
    Source(model=TimeLimit, families=("ehcp",), home=EVERYWHERE),
    Source(model=ProtectionPlan, families=("visits",), home=CHILD, since="changed.started_on"),
    Source(model=Visit, families=("visits",), home=PLAN, since="changed.visited_on"),
    Source(model=VisitStandard, families=("visits",), home=ITSELF),
    Source(
        model=Worker,
        families=("workforce", "caseload"),
        home=ITSELF,
        columns="id, authority_id, registered",
        operations=("update", "delete"),
    ),
    Source(
        model=Employment,
        families=("workforce", "caseload"),
        home=WORKER,
        since="changed.started_on",
    ),
    Source(
        model=Assignment,
        families=("workforce", "caseload"),
        home=EMPLOYMENT,
        since="home.started_on",
    ),
    Source(model=Vacancy, families=("workforce",), home=TEAM, since="changed.opened_on"),
    Source(model=BankHoliday, families=("referrals", "visits"), home=EVERYWHERE),
]


def _watch(source: Source) -> type[models.Model]:
    """The proxy of a record's model that carries its outbox triggers."""
    meta = type(
        "Meta", (), {"proxy": True, "triggers": source.triggers(), "app_label": "indicators"}
    )
    name = f"Watched{source.model.__name__}"
    return type(name, (source.model,), {"__module__": "indicators.models", "Meta": meta})


WATCHED = [_watch(source) for source in SOURCES]
