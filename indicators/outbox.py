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
from workforce.models import Assignment, BankHoliday, Employment, Vacancy, Worker

ALWAYS = "DATE '1900-01-01'"
OF_CHILD = "JOIN referrals_child child ON child.id = changed.child_id"
OF_REQUEST = (
    "JOIN ehcp_request request ON request.id = changed.request_id"
    " JOIN referrals_child child ON child.id = request.child_id"
)
OF_PLAN = (
    "JOIN visits_protectionplan plan ON plan.id = changed.plan_id"
    " JOIN referrals_child child ON child.id = plan.child_id"
)
OF_WORKER = "JOIN workforce_worker worker ON worker.id = changed.worker_id"
OF_EMPLOYMENT = (
    "JOIN workforce_employment employment ON employment.id = changed.employment_id"
    " JOIN workforce_worker worker ON worker.id = employment.worker_id"
)
OF_TEAM = "JOIN workforce_team team ON team.id = changed.team_id"
EVERYWHERE = "JOIN workforce_team everywhere ON everywhere.kind = 'authority'"


@dataclass(frozen=True, kw_only=True)
class Source:
    """A table whose changes touch figures: of which families and authority, from which day on.

    ``columns`` are those that matter; an update that leaves them alone is no change. A child or a
    worker without records counts nowhere, so that only their updates matter.
    """

    model: type[models.Model]
    families: tuple[str, ...]
    join: str = ""
    authority: str = "child.authority_id"
    since: str = ALWAYS
    columns: str = "*"
    operations: tuple[str, ...] = ("insert", "update", "delete")

    def statement(self, changed: str) -> str:
        """The SQL that appends to the outbox what a set of changed rows touches."""
        families = ", ".join(f"'{family}'" for family in self.families)
        return f"""
            INSERT INTO indicators_outbox (family, authority_id, since, at)
            SELECT family, {self.authority}, min({self.since}), clock_timestamp()
            FROM ({changed}) changed
            {self.join}
            CROSS JOIN unnest(ARRAY[{families}]) AS family
            GROUP BY family, {self.authority};
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
        model=Child,
        families=("referrals", "ehcp", "visits", "caseload"),
        authority="changed.authority_id",
        columns="id, authority_id, born_on",
        operations=("update",),
    ),
    Source(model=Referral, families=("referrals",), join=OF_CHILD, since="changed.received_on"),
    Source(
        model=Involvement,
        families=("referrals", "ehcp", "visits", "caseload"),
        join=OF_CHILD,
        since="changed.started_on",
    ),
    Source(model=Request, families=("ehcp",), join=OF_CHILD, since="changed.received_on"),
    Source(model=Decision, families=("ehcp",), join=OF_REQUEST, since="request.received_on"),
    Source(model=Plan, families=("ehcp",), join=OF_REQUEST, since="request.received_on"),
    Source(
        model=PermittedException, families=("ehcp",), join=OF_REQUEST, since="request.received_on"
    ),
    Source(model=TimeLimit, families=("ehcp",), join=EVERYWHERE, authority="everywhere.id"),
    Source(model=ProtectionPlan, families=("visits",), join=OF_CHILD, since="changed.started_on"),
    Source(model=Visit, families=("visits",), join=OF_PLAN, since="changed.visited_on"),
    Source(model=VisitStandard, families=("visits",), authority="changed.authority_id"),
    Source(
        model=Worker,
        families=("workforce", "caseload"),
        authority="changed.authority_id",
        columns="id, authority_id, registered",
        operations=("update",),
    ),
    Source(
        model=Employment,
        families=("workforce", "caseload"),
        join=OF_WORKER,
        authority="worker.authority_id",
        since="changed.started_on",
    ),
    Source(
        model=Assignment,
        families=("workforce", "caseload"),
        join=OF_EMPLOYMENT,
        authority="worker.authority_id",
        since="employment.started_on",
    ),
    Source(
        model=Vacancy,
        families=("workforce",),
        join=OF_TEAM,
        authority="COALESCE(team.authority_id, team.id)",
        since="changed.opened_on",
    ),
    Source(
        model=BankHoliday,
        families=("referrals", "visits"),
        join=EVERYWHERE,
        authority="everywhere.id",
    ),
]


def _watch(source: Source) -> type[models.Model]:
    """The proxy of a record's model that carries its outbox triggers."""
    meta = type(
        "Meta", (), {"proxy": True, "triggers": source.triggers(), "app_label": "indicators"}
    )
    name = f"Watched{source.model.__name__}"
    return type(name, (source.model,), {"__module__": "indicators.models", "Meta": meta})


WATCHED = [_watch(source) for source in SOURCES]
