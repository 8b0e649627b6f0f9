"""The five most frequent log messages on page 1, where there is room for them."""

from healthd.analysis.stream.meaning import meaning
from healthd.model.phrase import say
from healthd.model.report import Column, Name, Section, Table
from healthd.reports.facts import Facts
from healthd.reports.sections.log import bar, usual
from healthd.reports.sections.messages import meant

REPORTS = ("daily",)
ORDER = 45
ROWS = 5


def build(facts: Facts) -> Section | None:
    """Return the five, None without any line."""
    if not facts.coverage or facts.log is None or not facts.log.messages:
        return None
    first = facts.log.messages[:ROWS]
    full = max(max(t.number, t.usual.median if t.usual else 0) for t in first)
    columns = (
        Column(key="message", title=say("Message"), width=25, keep=True),
        Column(key="count", title=say("Lines"), align="right", width=8, keep=True),
        Column(key="usual", title=say("Usual"), align="right", width=10, keep=True),
        Column(key="bar", title=say("Share"), width=15),
        Column(key="meaning", title=say("What it means"), width=42),
    )
    rows = tuple(
        (Name(t.name), t.number, usual(t.usual), bar(t.number, full, t.severity, t.usual), meant(meaning(t.sample))) for t in first
    )
    table = Table(key="frequent", columns=columns, rows=rows, dense=True)
    return Section(key="frequent", title=say("Most frequent log messages"), blocks=(table,))
