"""Failed logins, restarts and crashes that the devices told of, however few."""

from healthd.analysis.stream.noted import Kind, Noted
from healthd.model.phrase import Phrase, say
from healthd.model.report import Bar, Cell, Column, Name, Section, Table
from healthd.reports.facts import Facts

REPORTS = ("daily",)
ORDER = 350
ROWS = 6
WORDS = {Kind.CRASH: say("Crash"), Kind.RELOAD: say("Restart"), Kind.LOGIN: say("Login failed")}


def build(facts: Facts) -> Section | None:
    """Return what was noted; None while no log reaches us."""
    if facts.calm or not facts.coverage or facts.log is None:
        return None
    columns = (
        Column(key="what", title=say("What"), width=13, keep=True),
        Column(key="device", title=say("Device"), width=18, keep=True),
        Column(key="at", title=say("At"), align="right", width=8, keep=True),
        Column(key="text", title=say("In the device's words"), width=61),
    )
    empty = say("No failed login, restart or crash was told of.")
    more = say("and {n} more of these", n=0)
    table = Table(
        key="notable",
        columns=columns,
        rows=tuple(_row(each) for each in facts.log.noted),
        stop=ROWS,
        overflow=more,
        empty=empty,
        dense=True,
    )
    question = say("Who tried to get in, and what started anew?")
    return Section(key="notable", title=say("Logins, restarts, crashes"), question=question, blocks=(table,))


def _row(each: Noted) -> tuple[Cell | Bar, ...]:
    return WORDS[each.kind], Name(each.event.device), each.event.happened, _words(each)


def _words(each: Noted) -> Phrase | str:
    text = each.event.text
    return text if each.number == 1 else say("{text} × {n}, last {at}", text=text, n=each.number, at=each.last)
