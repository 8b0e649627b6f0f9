"""The ten interfaces with most errors and discards: peak, what is usual, threshold, the day as a line."""

from healthd.model.phrase import say
from healthd.model.report import Section
from healthd.reports.facts import Facts
from healthd.reports.sections._top import top

REPORTS = ("daily",)
ORDER = 240


def build(facts: Facts) -> Section | None:
    """Return the list, None on a day without anything to report."""
    if facts.calm or not facts.coverage:
        return None
    return top(facts, "errors", say("Errors and discards, worst ten"), say("Which links damage or drop packets?"))
