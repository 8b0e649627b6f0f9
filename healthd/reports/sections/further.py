"""What needs action and had no room on page 1."""

from dataclasses import replace

from healthd.model.phrase import say
from healthd.model.report import Section
from healthd.reports.facts import Facts
from healthd.reports.sections.actions import ROWS as SHOWN
from healthd.reports.sections.actions import table

REPORTS = ("daily",)
ORDER = 140
ROWS = 12


def build(facts: Facts) -> Section | None:
    """Return the rows that page 1 left; a page shows the section only when there are any."""
    if not facts.causes or facts.calm or not facts.coverage:
        return None
    more = say("and {n} more in the attached table actions.csv", n=0)
    rest = replace(table(facts), key="further", continues="actions", start=SHOWN, stop=SHOWN + ROWS, overflow=more)
    return Section(key="further", title=say("Further actions"), question=say("What else has to be done?"), blocks=(rest,))
