"""The complete text of what the devices called critical or worse, each line once."""

from healthd.analysis.stream.repeated import Repeated
from healthd.model.phrase import Phrase, Quote, say
from healthd.model.report import Attachment, Column, Name, Section, Table
from healthd.reports.facts import Facts

REPORTS = ("daily",)
ORDER = 330
ROWS = 10


def build(facts: Facts) -> Section | None:
    """Return the lines in the order of their coming; None while no log reaches us."""
    if facts.calm or not facts.coverage or facts.log is None:
        return None
    title, question = say("Severity 0 to 2 in full"), say("What did they call critical, an alert or an emergency?")
    return Section(key="grave", title=title, question=question, blocks=(_table(facts, ROWS),))


def attach(facts: Facts) -> Attachment:
    """Return all of these lines as an attached table."""
    return Attachment(name="critical-log.csv", description=say("Log lines of severity 0 to 2"), table=_table(facts))


def _table(facts: Facts, stop: int | None = None) -> Table:
    columns = (
        Column(key="at", title=say("At"), align="right", width=9, keep=True),
        Column(key="device", title=say("Device"), width=18, keep=True),
        Column(key="text", title=say("Text of severity 0 to 2"), width=73),
    )
    more = say("and {n} more in the attached table critical-log.csv", n=0)
    found = facts.log.grave if facts.log else ()
    listed = tuple((each.line.received, Name(each.line.device), words(each)) for each in found)
    empty = say("No line of severity 0, 1 or 2.")
    return Table(key="grave", columns=columns, rows=listed, stop=stop, overflow=more, empty=empty, dense=True)


def words(each: Repeated) -> Phrase | Quote:
    """Return a line as the device wrote it, without its header; how often and until when, if it came again."""
    line = each.line
    text = Quote(f"%{line.facility}-{line.severity}-{line.mnemonic}: {line.text}")
    return text if each.number == 1 else say("{text} × {n}, last {at}", text=text, n=each.number, at=each.last)
