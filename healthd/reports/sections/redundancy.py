"""Stacks, supervisors, router pairs: what is still up but no longer safe."""

from healthd.model.phrase import say
from healthd.model.report import Section
from healthd.reports.facts import Facts
from healthd.reports.sections._found import NOTHING, REDUNDANCY, found

REPORTS = ("daily",)
ORDER = 260


def build(facts: Facts) -> Section | None:
    """Return what lost its spare, or the sentence that nothing did."""
    if facts.calm or not facts.coverage:
        return None
    title, question = say("Stack and redundancy"), say("Where would one more failure take the service down?")
    return found(facts, "redundancy", REDUNDANCY, (title, question), say("No redundancy that was read is lost.") if facts.read else NOTHING)
