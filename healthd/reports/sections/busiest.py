"""The ten busiest CPUs: peak, what is usual, threshold, the day as a line."""

from dataclasses import replace

from healthd.model.phrase import say
from healthd.model.report import Section
from healthd.reports.facts import Facts
from healthd.reports.sections._top import top

REPORTS = ("daily",)
ORDER = 210


def build(facts: Facts) -> Section | None:
    """Return the CPUs, first of the chapter on performance and hardware."""
    if facts.calm or not facts.coverage:
        return None
    section = top(facts, "cpu", say("CPU, busiest ten"), say("Which processors work hardest?"))
    return replace(section, chapter=say("Performance and hardware"), page=True)
