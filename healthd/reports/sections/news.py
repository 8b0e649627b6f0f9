"""Messages that were logged on this day for the first time in four weeks."""

from healthd.analysis.stream.first import First
from healthd.analysis.stream.meaning import meaning
from healthd.model.phrase import Phrase, say
from healthd.model.report import Bar, Cell, Column, Name, Section, Table, Text
from healthd.reports.facts import Facts
from healthd.reports.sections.messages import meant

REPORTS = ("daily",)
ORDER = 340
ROWS = 5


def build(facts: Facts) -> Section | None:
    """Return the new messages; None while no log reaches us."""
    if facts.calm or not facts.coverage or facts.log is None:
        return None
    title, question = say("First seen today"), say("Which messages were not there in the four weeks before?")
    first = facts.log.first
    unknown = Text(
        body=say("Days before of which lines are known: {n}. That is too few to call a message new.", n=facts.log.days), note=True
    )
    return Section(key="news", title=title, question=question, blocks=(unknown if first is None else _table(first),))


def _table(first: tuple[First, ...]) -> Table:
    columns = (
        Column(key="at", title=say("At"), align="right", width=7, keep=True),
        Column(key="message", title=say("Message"), width=25, keep=True),
        Column(key="count", title=say("Lines"), align="right", width=7, keep=True),
        Column(key="where", title=say("New on"), width=24),
        Column(key="meaning", title=say("What it means"), width=37),
    )
    more, empty = say("and {n} more that are new", n=0), say("No message that was not known before.")
    return Table(key="news", columns=columns, rows=tuple(_row(each) for each in first), stop=ROWS, overflow=more, empty=empty, dense=True)


def _row(each: First) -> tuple[Cell | Bar, ...]:
    name = f"{each.sample.facility}-{each.sample.severity}-{each.sample.mnemonic}"
    return each.at, Name(name), each.number, _where(each), meant(meaning(each.sample))


def _where(each: First) -> Phrase:
    more = len(each.devices) - 1
    names = say("{device} and {n} more", device=each.devices[0], n=more) if more else say("{device}", device=each.devices[0])
    return say("{names}; new everywhere", names=names) if each.everywhere else names
