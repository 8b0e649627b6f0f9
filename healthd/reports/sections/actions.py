"""What somebody has to do: at most eight rows on page 1, worst first; all of them stand in the appendix."""

from healthd.model.finding import Finding
from healthd.model.phrase import Phrase, say
from healthd.model.report import Cell, Column, Name, Section, Status, Table
from healthd.reports.facts import LEVELS, Facts

REPORTS = ("daily",)
ORDER = 30
ROWS = 8


def build(facts: Facts) -> Section | None:
    """Return the list, None when there is nothing to act on."""
    found = facts.actions
    if not found:
        return None
    cases = bool(facts.cases)
    columns = (
        Column(key="status", title=say("Status"), width=11, keep=True),
        Column(key="device", title=say("Device"), width=20, keep=True),
        Column(key="what", title=say("What happened"), width=30 if cases else 36),
        *((Column(key="case", title=say("Case"), width=15, keep=True),) if cases else ()),
        Column(key="action", title=say("What to do"), width=24 if cases else 33),
    )
    more = len(found) - ROWS
    left = say("and one more in the appendix") if more == 1 else say("and {n} more in the appendix", n=more) if more > 0 else None
    table = Table(key="actions", columns=columns, rows=tuple(_row(facts, f, cases=cases) for f in found[:ROWS]), more=left)
    return Section(key="actions", title=say("What needs action"), blocks=(table,))


def _row(facts: Facts, finding: Finding, *, cases: bool) -> tuple[Cell | Status, ...]:
    since = say("since {at}", at=finding.since) if finding.since else ""
    case = (facts.cases or {}).get(finding.key)
    own = (say("{number} · {priority} · {state}", number=case.number, priority=case.priority, state=case.state) if case else None,)
    act = case.next if case and case.next else finding.advice
    return LEVELS[finding.level], Name(finding.device, since), _what(finding), *(own if cases else ()), act


def _what(finding: Finding) -> Phrase:
    """Return the trouble, and where hardware is concerned the part by which a replacement is ordered."""
    if finding.verdict is None or not (finding.pid and finding.serial):
        return say("{what}.", what=finding.summary)
    names = {"what": finding.summary, "pid": finding.pid, "serial": finding.serial}
    if finding.slot:
        return say("{what}. {pid}, S/N {serial}, slot {slot}.", **names, slot=finding.slot)
    return say("{what}. {pid}, S/N {serial}.", **names)
