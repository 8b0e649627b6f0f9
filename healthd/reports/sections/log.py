"""What the devices' own logs say: how many lines of each severity, beside what is usual."""

from math import ceil, floor

from healthd.analysis.stream.logday import Log
from healthd.analysis.stream.usual import Band
from healthd.model.phrase import Phrase, say
from healthd.model.report import Bar, Column, Section, Status, Table, Text
from healthd.reports.facts import Facts

REPORTS = ("daily",)
ORDER = 310
WORDS = (
    say("0 emergency"),
    say("1 alert"),
    say("2 critical"),
    say("3 error"),
    say("4 warning"),
    say("5 notice"),
    say("6 informational"),
    say("7 debugging"),
)


def build(facts: Facts) -> Section | None:
    """Return the beginning of the log chapter; one line while no log reaches us."""
    if facts.calm or not facts.coverage:
        return None
    chapter, question = say("System log"), say("What did the devices themselves report?")
    if facts.log is None:
        return Section(
            key="log",
            chapter=chapter,
            blocks=(
                Text(body=say("No log source yet: these devices' own messages do not reach us, so this report says nothing about them.")),
            ),
        )
    return Section(
        key="log",
        chapter=chapter,
        title=say("Lines by severity"),
        question=question,
        blocks=(_severities(facts.log), Text(body=_basis(facts, facts.log), note=True)),
        page=True,
        half=True,
    )


def group(severity: int) -> Status:
    """Return the look of a severity: 0 to 2 is critical, 3 and 4 a warning."""
    if severity > 4:
        return Status.NORMAL
    return Status.CRITICAL if severity <= 2 else Status.WARNING


def usual(band: Band | None) -> Phrase | None:
    """Return the usual band in words, None where nothing is known to be usual."""
    return say("{low}–{high}", low=floor(band.low), high=ceil(band.high)) if band else None


def bar(number: int, full: float, severity: int, band: Band | None) -> Bar:
    """Return *number* lines as a bar with the usual marked."""
    alt = say("lines: {n}", n=number) if band is None else say("lines: {n}; usual per day: {usual}", n=number, usual=int(band.median))
    return Bar(value=number, full=full, alt=alt, status=group(severity), mark=band.median if band else None)


def _severities(log: Log) -> Table:
    full = max((max(n, band.median if band else 0) for n, band in log.severities), default=0) or 1
    columns = (
        Column(key="severity", title=say("Severity"), width=31),
        Column(key="lines", title=say("Lines"), align="right", width=17, keep=True),
        Column(key="usual", title=say("Usual"), align="right", width=22, keep=True),
        Column(key="bar", title=say("Share"), width=30),
    )
    rows = tuple((WORDS[i], n, usual(band), bar(n, full, i, band)) for i, (n, band) in enumerate(log.severities))
    return Table(key="severities", columns=columns, rows=rows, dense=True, whole=True)


def _basis(facts: Facts, log: Log) -> Phrase:
    """Say what the usual is made of."""
    if facts.partial:
        return say("The day is not over, so nothing is held against whole days.")
    if log.severe is None:
        return say("Days before of which lines are known: {n}. That is too few to say what is usual.", n=log.days)
    return say("Usual: the band of {n} days before on which lines came; the mark is their median.", n=log.severe.days)
