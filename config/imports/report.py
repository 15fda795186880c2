"""What became of a file: counts for each kind of record, and every refusal and warning."""

import json
import tempfile
from collections import Counter
from collections.abc import Iterator

OUTCOMES = ("read", "new", "changed", "unchanged", "refused", "warned", "not kept")
LONGEST_VALUE = 100


class Report:
    """The account of one file. Issues wait in a temporary file: there may be a million of them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.return_: dict[str, str] = {}
        self._begin()

    def _begin(self) -> None:
        self.refusal = ""
        self.counts: dict[str, Counter[str]] = {}
        self._issues = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115

    def count(self, kind: str, outcome: str, many: int = 1) -> None:
        """Note that ``many`` records of a kind were read, new, refused and so on."""
        if many:
            self.counts.setdefault(kind, Counter())[outcome] += many

    def note(self, *, refused: bool, **issue: str) -> None:
        """Write down a refusal or a warning, with its place, identifier, value and reason."""
        issue["value"] = issue["value"][:LONGEST_VALUE]
        self._issues.write(json.dumps({"refused": refused} | issue) + "\n")

    def refuse(self, reason: str) -> None:
        """The file as a whole is refused, so that nothing of what was counted came in."""
        self.close()
        self._begin()
        self.refusal = reason

    def close(self) -> None:
        """Let go of the temporary file, when the report has been told."""
        self._issues.close()

    def issues(self) -> Iterator[dict]:
        """Every refusal and warning, in the order in which they were found."""
        self._issues.seek(0)
        return map(json.loads, self._issues)

    @property
    def total(self) -> Counter[str]:
        """The counts of all kinds together."""
        return sum(self.counts.values(), Counter())

    @property
    def wrote(self) -> bool:
        """Whether any record was added or changed."""
        return bool(self.total["new"] or self.total["changed"])
