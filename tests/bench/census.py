"""A CIN census of any number of children, and what taking it in costs."""

import datetime
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from django.conf import settings

from . import stage

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>{year}</Year>
<ReferenceDate>{year}-03-31</ReferenceDate></CollectionDetails><Source><SourceLevel>L</SourceLevel>
<LEA>999</LEA><SoftwareCode>bench</SoftwareCode><Release>1</Release><SerialNo>1</SerialNo>
<DateTime>{year}-05-01T10:00:00Z</DateTime></Source></Header><Children>
"""
CHILD = """<Child><ChildIdentifiers><LAchildID>C{n}</LAchildID>
<PersonBirthDate>{born}</PersonBirthDate><Sex>M</Sex></ChildIdentifiers>
<ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>
<CINdetails><CINreferralDate>{referred}</CINreferralDate><ReferralSource>6</ReferralSource>
<PrimaryNeedCode>N1</PrimaryNeedCode><ReferralNFA>0</ReferralNFA>
<Assessments><AssessmentActualStartDate>{referred}</AssessmentActualStartDate></Assessments>
<ChildProtectionPlans><CPPstartDate>{planned}</CPPstartDate>
<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>
<LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse><NumberOfPreviousCPP>0</NumberOfPreviousCPP>
</ChildProtectionPlans></CINdetails></Child>
"""
YEAR = 2024


def write(path: Path, children: int) -> None:
    """The file of a census of so many children, each with a referral and a plan."""
    first = datetime.date(YEAR - 1, 4, 1)
    with path.open("w", encoding="utf-8") as out:
        out.write(HEAD.format(year=YEAR))
        for n in range(children):
            referred = first + datetime.timedelta(days=n % 300)
            planned = referred + datetime.timedelta(days=20)
            out.write(
                CHILD.format(
                    n=n,
                    born=datetime.date(2010 + n % 12, 1 + n % 12, 1 + n % 28),
                    referred=referred,
                    planned=planned,
                )
            )
        out.write("</Children></Message>\n")


def take_in(children: int) -> tuple[float, float]:
    """The seconds, and the most memory in MB, that taking in a census of so many children costs."""
    name = f"census-{children}"
    stage.drop(name)
    stage.make(name, lambda session: None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "census.xml"
        write(path, children)
        started = time.perf_counter()
        command = [sys.executable, "manage.py", "import_return", path]
        process = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=stage.environment(name),
            stdout=subprocess.DEVNULL,
        )
        most = 0.0
        while process.poll() is None:
            most = max(most, _memory(process.pid))
            time.sleep(0.05)
    stage.drop(name)
    if process.returncode:
        raise RuntimeError("The census was not taken in.")
    return time.perf_counter() - started, most


def _memory(pid: int) -> float:
    """The most memory in MB that a running process has held; our own counts in its `rusage`."""
    try:
        told = Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return 0.0
    return sum(int(line.split()[1]) / 1024 for line in told.splitlines() if line[:6] == "VmHWM:")
