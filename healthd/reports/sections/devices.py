"""Availability of the devices: only those below 100 % or with gaps."""

from healthd.model.phrase import say
from healthd.model.report import Block, Section, Table, Text
from healthd.reports.facts import Facts
from healthd.reports.sections.downtime import ROWS as SHOWN
from healthd.reports.sections.downtime import columns, row

REPORTS = ("daily",)
ORDER = 120
ROWS = 12


def build(facts: Facts) -> Section | None:
    """Return the devices that page 1 had no room for, and one sentence about all others."""
    if facts.calm or not facts.coverage:
        return None
    restless, served = facts.restless, len(facts.in_service)
    steady = say("{n} of {all} devices: 100%, measured the whole time.", n=served - len(restless), all=served)
    blocks: list[Block] = [Text(body=steady if served > len(restless) else say("No device was up and measured the whole time."))]
    if restless:
        blocks.append(Text(body=say("Devices with downtime or gaps: {n}; page 1 begins with those that lost most.", n=len(restless))))
        blocks.append(_table(facts))
    title, question = say("Device availability"), say("Which devices were down, and which were not measured?")
    return Section(key="devices", title=title, question=question, blocks=tuple(blocks))


def _table(facts: Facts) -> Table:
    more = say("and {n} more in the appendix", n=0)
    rows = tuple(row(facts, d) for d in facts.restless)
    return Table(key="devices", columns=columns(facts), rows=rows, continues="downtime", start=SHOWN, stop=SHOWN + ROWS, overflow=more)
