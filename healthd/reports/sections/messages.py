"""The most frequent messages of the day, what is usual for them, and what they mean."""

from collections.abc import Iterator

from healthd.analysis.stream.logday import Log
from healthd.analysis.stream.meaning import meaning
from healthd.model.phrase import Bilingual, Phrase, say
from healthd.model.report import Attachment, Bar, Cell, Column, Name, Section, Table
from healthd.reports.facts import Facts
from healthd.reports.sections.log import bar, usual

REPORTS = ("daily",)
ORDER = 320
ROWS = 15


def build(facts: Facts) -> Section | None:
    """Return the most frequent, fifteen where there is room; None while no log reaches us."""
    if facts.calm or not facts.coverage or facts.log is None:
        return None
    return Section(
        key="messages",
        title=say("Most frequent messages"),
        question=say("What fills the log?"),
        blocks=(_table(facts.log, ROWS),),
    )


def attach(facts: Facts) -> Attachment:
    """Return all messages of the day as an attached table."""
    return Attachment(name="log-messages.csv", description=say("All log messages"), table=_table(facts.log))


def meant(said: Bilingual | None) -> Bilingual | Phrase:
    """Return a meaning, or that the catalogue has none."""
    return said or say("not in the catalogue")


def _table(log: Log | None, stop: int | None = None) -> Table:
    columns = (
        Column(key="message", title=say("Message"), width=25, keep=True),
        Column(key="count", title=say("Lines"), align="right", width=7.5, keep=True),
        Column(key="usual", title=say("Usual"), align="right", width=9.5, keep=True),
        Column(key="bar", title=say("Share"), width=15),
        Column(key="cumulative", title=say("Together"), unit="%", align="right", width=9, keep=True),
        Column(key="devices", title=say("Devices"), align="right", width=7, keep=True),
        Column(key="meaning", title=say("What it means"), width=27),
    )
    more = say("and {n} more in the attached table log-messages.csv", n=0)
    found = tuple(_rows(log)) if log else ()
    empty = say("No device wrote a log line on this day.")
    return Table(key="messages", columns=columns, rows=found, stop=stop, overflow=more, empty=empty, dense=True)


def _rows(log: Log) -> Iterator[tuple[Cell | Bar, ...]]:
    together = 0
    full = max((max(t.number, t.usual.median if t.usual else 0) for t in log.messages), default=1)
    for each in log.messages:
        together += each.number
        mark = bar(each.number, full, each.severity, each.usual)
        share = 100 * together // log.number
        yield Name(each.name), each.number, usual(each.usual), mark, share, each.devices, meant(meaning(each.sample))
