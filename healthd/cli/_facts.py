"""What one output says, as tables for people."""

from collections.abc import Iterator, Sequence

from healthd.cli._lines import event_object, fact_object
from healthd.model.event import Event
from healthd.model.finding import Finding
from healthd.model.observation import Fact
from healthd.model.poll import Poll

_COLUMNS = {
    "PARTS": ("class", "name", "pid", "serial", "slot", "description"),
    "INTERFACES": ("name", "admin", "oper", "speed_bps", "mtu", "mac", "alias"),
    "READINGS": ("metric", "item", "value", "unit"),
    "NEIGHBOURS": ("protocol", "local", "remote", "remote_port", "remote_address", "state", "asn"),
    "LOG": ("at", "severity", "facility", "mnemonic", "text"),
}


def table(poll: Poll, events: Sequence[Event], findings: Sequence[Finding]) -> Iterator[str]:
    """Yield the lines for people: findings first, then every kind of fact that there is."""
    for finding in findings:
        yield f"{finding.level.word}: {finding.summary}"
    if poll.system:
        yield from (f"{key}: {value}" for key, value in fact_object(poll.system).items())
    facts: tuple[tuple[str, Sequence[Fact]], ...] = (
        ("PARTS", poll.parts),
        ("INTERFACES", poll.interfaces),
        ("READINGS", poll.readings),
        ("NEIGHBOURS", poll.neighbours),
    )
    for title, those in facts:
        yield from _block(title, [fact_object(fact) for fact in those])
    yield from _block("LOG", [event_object(event) for event in events])
    yield from (f"not supported by the device: {command}" for command in poll.unsupported)
    yield from (f"failed: {error}" for error in poll.errors)


def _block(title: str, rows: Sequence[dict[str, object]]) -> Iterator[str]:
    """Yield *rows* under *title*, without the columns that are empty in all of them."""
    columns = [name for name in _COLUMNS[title] if any(name in row for row in rows)]
    if not columns:
        return
    cells = [[name.upper().replace("_", " ") for name in columns]]
    cells += [[" ".join(str(row.get(name, "-")).split()) or "-" for name in columns] for row in rows]
    widths = [max(len(row[n]) for row in cells) for n in range(len(columns))]
    yield from ("", title)
    yield from ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells)
