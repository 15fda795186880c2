"""The glossary: every acronym that a page of figures uses, in full and in plain words."""

import re
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class Term:
    """An acronym, what it stands for, and what that is."""

    short: str
    full: str
    means: str


TERMS = (
    Term("CIN", "Children in need", "The DfE’s yearly census of children in need, by referral."),
    Term("CP", "Child protection", "What is done for a child who is likely to suffer harm."),
    Term(
        "CSWW",
        "Children’s social work workforce",
        "The DfE’s yearly census of children’s social workers, as at 30 September.",
    ),
    Term("DfE", "Department for Education", "The government department for children’s services."),
    Term(
        "EHC",
        "Education, health and care",
        "An EHC plan names the help that a child with special educational needs is to have.",
    ),
    Term(
        "FTE",
        "Full-time equivalent",
        "Hours as a part of full time: two people who work half time are 1 FTE.",
    ),
    Term("NFA", "No further action", "A referral on which nothing more was done."),
    Term(
        "Ofsted",
        "Office for Standards in Education, Children’s Services and Skills",
        "Inspects children’s services; Annex A is the list of children that it asks for.",
    ),
    Term("SEN", "Special educational needs", "Needs for which a child has help in learning."),
    Term(
        "SEN2",
        "Special educational needs, return 2",
        "The DfE’s yearly collection of EHC requests and plans, by calendar year.",
    ),
    Term(
        "SEND",
        "Special educational needs and disabilities",
        "The SEND Regulations 2014 set the time limits of EHC requests.",
    ),
    Term(
        "SI",
        "Statutory instrument",
        "A law made by a minister under an Act, known by its year and number.",
    ),
    Term(
        "XmR",
        "Individual values and moving range",
        "A chart with limits, which tells a change that means something from chance.",
    ),
)
KNOWN = {term.short: term for term in TERMS}
WORD = re.compile(r"\b(" + "|".join(sorted(KNOWN, key=len, reverse=True)) + r")\b")


def glossed(text: str) -> SafeString:
    """A text whose acronyms lead to the glossary, each where it comes first."""
    page, seen = reverse("indicators:glossary"), set()

    def linked(found: re.Match) -> str:
        term = KNOWN[found[1]]
        if term.short in seen:
            return term.short
        seen.add(term.short)
        return format_html(
            '<a class="govuk-link" href="{}#{}"><abbr title="{}">{}</abbr></a>',
            page,
            term.short,
            term.full,
            term.short,
        )

    return mark_safe(WORD.sub(linked, conditional_escape(text)))
