"""Power, fans, temperature, modules, optics: only what is not as it should be."""

from healthd.model.phrase import say
from healthd.model.report import Section
from healthd.reports.facts import Facts
from healthd.reports.sections._found import HARDWARE, NOTHING, found

REPORTS = ("daily",)
ORDER = 250


def build(facts: Facts) -> Section | None:
    """Return the parts that need a look, or the sentence that none does."""
    if facts.calm or not facts.coverage:
        return None
    title, question = say("Power, cooling, modules and optics"), say("Is any part broken or out of its range?")
    return found(
        facts, "environment", HARDWARE, (title, question), say("Every part that was read reports normal.") if facts.read else NOTHING
    )
