"""Pages on which two records of one child are found, compared, merged and told apart again."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from config.navigation import address
from config.views import RecordPage
from workforce.events import Done, LogEvent

from . import merging
from .actions import Person
from .choices import MergeState
from .event_views import OfChildItself
from .merge_forms import AnswerForm, MergeForm, OtherRecordForm, ProposeMergeForm, said
from .models import Child, ChildMerge
from .search import alike

WORDS = {
    "name": "Name",
    "birth": "Date of birth",
    "death": "Date of death",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "upn": "UPN",
    "family": "Family",
    "address": "Address",
}


class Duplicates(OfChildItself):
    """Other records that may be of the same child."""

    form_class = OtherRecordForm
    template_name = "referrals/duplicates.html"
    title = "Other records of this child"
    button = "Compare the two"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        person = Person.described_by(self.record)
        found = alike(self.request.user, person, today=self.today)
        hits = [
            (hit, reverse("referrals:merge-children", args=[self.record.pk, hit.pk]))
            for hit in found
            if hit.pk != self.record.pk
        ]
        merges = self.record.merges.visible_to(self.request.user).select_related("duplicate")
        return super().get_context_data(hits=hits, merges=merges, **context)

    def form_valid(self, form: OtherRecordForm) -> HttpResponse:
        return redirect("referrals:merge-children", self.record.pk, form.other.pk)


class MergeChildren(OfChildItself):
    """Two records of a child side by side, and the form on which they are merged.

    Managers of both merge them, others who see both propose it.
    """

    template_name = "referrals/merge_children.html"
    title = "Are these two records of one child?"

    @cached_property
    def other(self) -> Child:
        """The record that would be merged into the one that the page is about."""
        seen = Child.objects.visible_to(self.request.user).exclude(pk=self.record.pk)
        here = seen.filter(authority=self.record.authority_id)
        return get_object_or_404(here, pk=self.kwargs["other"])

    @cached_property
    def manages(self) -> bool:
        """Whether the account can merge the two, and not only propose it."""
        return merging.manages(self.request.user, self.record, self.other)

    @property
    def button(self) -> str:
        return "Merge the two records" if self.manages else "Propose it to the managers"

    def shown(self) -> list[int]:
        return [self.record.pk, self.other.pk]

    def get_form_class(self) -> type[Form]:
        return MergeForm if self.manages else ProposeMergeForm

    def get_initial(self) -> dict[str, Any]:
        note = self.proposal.note if self.proposal else ""
        return {"note": note} | super().get_initial()

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"other": self.other}

    @cached_property
    def proposal(self) -> ChildMerge | None:
        """What somebody has proposed about the two."""
        return merging.proposed(self.record, self.other)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            other=self.other,
            compared=[
                (label, said(self.record, what), said(self.other, what))
                for what, label in WORDS.items()
            ],
            counted=[
                (
                    capfirst(str(model._meta.verbose_name_plural)),
                    *(
                        model.objects.visible_to(self.request.user).filter(child=child).count()
                        for child in (self.record, self.other)
                    ),
                )
                for model in merging.following()
                if model.objects.all().is_for(self.request.user)
            ],
            swapped=reverse("referrals:merge-children", args=[self.other.pk, self.record.pk]),
            proposal=self.proposal,
            manages=self.manages,
            **context,
        )

    def act(self, form: ProposeMergeForm) -> Done:
        pair = {"survivor": self.record, "duplicate": self.other, "by": self.request.user}
        if not self.manages:
            merge = merging.propose(**pair, **form.cleaned_data)
            return Done("The managers are told of it.", address(ChildMerge, merge.pk))
        merge = merging.merge_children(**pair, **form.decided())
        return Done(
            f"Record {merge.duplicate.reference} is merged into this one.",
            address(Child, self.record.pk),
        )


class ChildMergePage(RecordPage):
    """A merge: who proposed it, who decided on it, and what was changed."""

    model = ChildMerge
    facts = (
        "survivor",
        "duplicate",
        "state",
        "note",
        "proposed_by",
        "proposed_at",
        "decided_by",
        "decided_at",
        "undone_by",
        "undone_at",
        "answer",
    )
    template_name = "referrals/childmerge_detail.html"
    panels = []

    @cached_property
    def crumbs(self) -> list[tuple[str, str]]:
        return [("Children", reverse("referrals:child-list"))]

    def heading(self) -> tuple[str, str]:
        survivor, duplicate = self.object.survivor, self.object.duplicate
        return "Two records of one child", f"{duplicate.reference} and {survivor.reference}"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        merge, user = self.object, self.request.user
        pair = (merge.survivor, merge.duplicate)
        pages = {}
        if merge.state == MergeState.PROPOSED and merging.manages(user, *pair):
            pages["Compare and merge the two"] = reverse(
                "referrals:merge-children", args=[merge.survivor_id, merge.duplicate_id]
            )
            pages["Refuse"] = reverse("referrals:refuse-merge", args=[merge.pk])
        if merge.state == MergeState.DONE and merging.manages(user, merge.survivor):
            pages["Undo the merge"] = reverse("referrals:undo-merge", args=[merge.pk])
        return super().get_context_data(pages=pages, changed=len(merge.changes), **context)


class AnswerMerge(LogEvent):
    """A page on which a manager answers to a merge; others are told that there is none."""

    model = ChildMerge
    form_class = AnswerForm
    template_name = "referrals/event.html"
    state: MergeState

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("survivor", "duplicate")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not merging.manages(request.user, *self.answered()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def answered(self) -> list[Child]:
        """The children whom the account has to be a manager of."""
        return [self.record.survivor]

    def about(self) -> str:
        survivor, duplicate = self.record.survivor, self.record.duplicate
        return format_html("{} and {}", duplicate.reference, survivor.reference)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(told=self.told(), **context)

    def told(self) -> list[str]:
        """What is said above the form."""
        return []


class RefuseMerge(AnswerMerge):
    """The page on which a merge is refused."""

    title = "Refuse to merge the two"
    button = "Refuse"

    def answered(self) -> list[Child]:
        return [self.record.survivor, self.record.duplicate]

    def told(self) -> list[str]:
        return [f"Proposed by {self.record.proposed_by}: {self.record.note}"]

    def act(self, form: AnswerForm) -> Done:
        merging.refuse(merge=self.record, **form.cleaned_data, by=self.request.user)
        return Done("The two records stay as they are.", self.back())


class UndoMerge(AnswerMerge):
    """The page on which a merge is undone."""

    title = "Undo the merge"
    button = "Make two records again"

    def told(self) -> list[str]:
        return [
            "Each record gets back what it had before the merge. What was logged since stays with"
            f" {self.record.survivor.reference}: afterwards, see whether it belongs there."
        ]

    def act(self, form: AnswerForm) -> Done:
        left = merging.unmerge(merge=self.record, **form.cleaned_data, by=self.request.user)
        said = "There are two records again."
        if left:
            changed = "record was" if left == 1 else "records were"
            said += f" {left} {changed} changed since the merge. What was changed stays as it is."
        return Done(said, self.back())
