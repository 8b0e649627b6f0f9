"""A table of findings of some rules, as the hardware sections show it."""

from healthd.model.finding import Finding, Level
from healthd.model.phrase import Phrase, say
from healthd.model.report import Cell, Column, Name, Section, Status, Table
from healthd.reports.facts import LEVELS, Facts

ROWS = 8
PLACES = {"Peer unit": say("Peer unit"), "Stack ring": say("Stack ring"), "temperature": say("Temperature")}
"""Items that healthd itself named."""
NOTHING = say("No device has told anything of its parts yet.")
HARDWARE = frozenset(
    {"psu", "fan", "temperature", "module", "sensor", "optics", "poe", "voltage", "power", "alarm", "diagnostic", "hardware"}
)
REDUNDANCY = frozenset({"redundancy", "stack", "supervisor", "hsrp", "vrrp", "vpc", "uplink"})


def found(facts: Facts, key: str, rules: frozenset[str], heading: tuple[Phrase, Phrase], empty: Phrase) -> Section:
    """Return the findings of *rules*, worst first, then what came and went inside the day, or *empty* when there are none."""
    columns = (
        Column(key="status", title=say("Status"), width=11, keep=True),
        Column(key="device", title=say("Device"), width=20, keep=True),
        Column(key="what", title=say("What is the matter"), width=34),
        Column(key="pid", title=say("Part"), width=21),
        Column(key="since", title=say("Since"), align="right", width=14, keep=True),
    )
    own = [f for f in facts.findings if belongs(f, rules) and (f.level > Level.NOTICE or f.until)]
    more = say("and {n} more in the appendix", n=0)
    table = Table(key=key, columns=columns, rows=tuple(_row(f) for f in own), stop=ROWS, overflow=more, empty=empty)
    return Section(key=key, title=heading[0], question=heading[1], blocks=(table,))


def belongs(finding: Finding, rules: frozenset[str]) -> bool:
    """Is *finding* of one of *rules*? A rule's family is the first word of its name."""
    return finding.rule in rules or finding.rule.replace(".", "_").split("_")[0] in rules


def _row(finding: Finding) -> tuple[Cell | Status, ...]:
    part: Phrase | None = None
    if finding.pid and finding.serial:
        part = say("{pid}, S/N {serial}", pid=finding.pid, serial=finding.serial)
    elif finding.pid or finding.serial:
        part = say("{part}", part=finding.pid or finding.serial)
    return LEVELS[finding.level], Name(finding.device, PLACES.get(finding.item, finding.item)), finding.summary, part, finding.since
