"""Appendix: every rule that fired, with what it took off the score."""

from healthd.model.finding import Finding
from healthd.model.phrase import say
from healthd.model.report import Attachment, Cell, Column, Name, Section, Status, Table
from healthd.reports.facts import LEVELS, Facts

REPORTS = ("daily",)
ORDER = 420
ROWS = 60


def build(facts: Facts) -> Section:
    """Return the findings, worst first; the attached table has those beyond the last row."""
    found = table(facts, ROWS)
    return Section(
        key="rules", title=say("Rules that fired"), question=say("What was found, and by which rule?"), blocks=(found,), appendix=True
    )


def attach(facts: Facts) -> Attachment:
    """Return the whole list as an attached table."""
    return Attachment(name="findings.csv", description=say("All findings"), table=table(facts))


def table(facts: Facts, rows: int | None = None) -> Table:
    """Return the findings as a table of at most *rows*."""
    points = {d.finding.key: d.points for d in facts.score.deductions} if facts.score else {}
    columns = (
        Column(key="device", title=say("Device"), width=21, keep=True),
        Column(key="status", title=say("Status"), width=12, keep=True),
        Column(key="rule", title=say("Rule"), width=15, keep=True),
        Column(key="what", title=say("What was found"), width=33),
        Column(key="since", title=say("Since"), align="right", width=12, keep=True),
        Column(key="points", title=say("Points"), align="right", width=7),
    )
    more = say("and {n} more in the attached table findings.csv", n=0)
    listed = tuple(_row(f, points.get(f.key)) for f in facts.findings)
    return Table(key="rules", columns=columns, rows=listed, stop=rows, overflow=more, dense=True, empty=say("No rule fired."))


def _row(finding: Finding, points: int | None) -> tuple[Cell | Status, ...]:
    status = say("Notice") if LEVELS[finding.level] == Status.NORMAL else LEVELS[finding.level]
    return Name(finding.device), status, finding.rule, finding.summary, finding.since, None if points is None else -points
