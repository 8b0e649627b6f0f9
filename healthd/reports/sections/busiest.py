"""The ten busiest CPUs: peak, what is usual, threshold, the day as a line."""

from dataclasses import replace

from healthd.model.phrase import Phrase, say
from healthd.model.report import Attachment, Cell, Column, Name, Section, Table
from healthd.reports.facts import Facts, Use
from healthd.reports.sections._top import top

REPORTS = ("daily",)
ORDER = 210
KINDS = (("cpu", say("CPU"), "%"), ("memory", say("Memory"), "%"), ("interface", say("Interface"), "%"), ("errors", say("Errors"), "/h"))
ATTACHED = 200


def build(facts: Facts) -> Section | None:
    """Return the CPUs, first of the chapter on performance and hardware."""
    if facts.calm or not facts.coverage:
        return None
    section = top(facts, "cpu", say("CPU, busiest ten"), say("Which processors work hardest?"))
    return replace(section, chapter=say("Performance and hardware"), page=True)


def attach(facts: Facts) -> Attachment:
    """Return the highest of every kind as an attached table."""
    columns = (
        Column(key="kind", title=say("Kind")),
        Column(key="device", title=say("Device")),
        Column(key="peak", title=say("Peak"), digits=2),
        Column(key="mean", title=say("Mean"), digits=2),
        Column(key="at", title=say("At")),
        Column(key="limit", title=say("Limit")),
        Column(key="unit", title=say("Unit")),
    )
    ranked = sorted(facts.uses, key=lambda u: (-u.peak, u.device, u.item))
    rows = [_row(kind, use, unit) for key, kind, unit in KINDS for use in [u for u in ranked if u.metric == key and u.peak > 0][:ATTACHED]]
    return Attachment(
        name="performance.csv", description=say("Performance"), table=Table(key="performance", columns=columns, rows=tuple(rows))
    )


def _row(kind: Phrase, use: Use, unit: str) -> tuple[Cell, ...]:
    return kind, Name(use.device, use.item), round(use.peak, 2), round(use.mean, 2), use.at, use.limit, unit
