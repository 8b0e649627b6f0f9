"""Availability of the devices: only those below 100 % or with gaps."""

from healthd.model.phrase import say
from healthd.model.report import Section, Table, Text
from healthd.reports.facts import Facts
from healthd.reports.sections.downtime import ROWS as SHOWN
from healthd.reports.sections.downtime import columns, row

REPORTS = ("daily",)
ORDER = 120
ROWS = 14


def build(facts: Facts) -> Section | None:
    """Return the devices that page 1 had no room for; with room for all of them, one sentence that says so."""
    if facts.calm or not facts.coverage:
        return None
    restless = facts.restless
    title, question = say("Device availability"), say("Which devices were down, and which were not measured?")
    steady = say("{n} of {all} devices: 100%, measured all day.", n=len(facts.in_service) - len(restless), all=len(facts.in_service))
    if len(restless) <= SHOWN:
        again = say("The devices with downtime or gaps ({n}) are on page 1.", n=len(restless)) if restless else None
        blocks = (Text(body=steady), *((Text(body=again),) if again else ()))
        return Section(key="devices", title=title, question=question, blocks=blocks)
    rows = tuple(row(facts, d) for d in restless[SHOWN : SHOWN + ROWS])
    left = len(restless) - SHOWN - ROWS
    more = say("and {n} more in the appendix", n=left) if left > 0 else None
    table = Table(key="devices", columns=columns(facts), rows=rows, more=more)
    return Section(key="devices", title=title, question=question, blocks=(Text(body=steady), table))
