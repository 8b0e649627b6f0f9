"""Restarts with the device's own reason, and running configurations that nobody saved."""

from healthd.model.phrase import say
from healthd.model.report import Column, Name, Section, Table
from healthd.reports.facts import Facts

REPORTS = ("daily",)
ORDER = 270
ROWS = 6


def build(facts: Facts) -> Section | None:
    """Return both lists, None on a day without anything to report."""
    if facts.calm or not facts.coverage:
        return None
    title, question = say("Restarts and configuration"), say("What restarted, and what would a restart lose?")
    return Section(key="changes", title=title, question=question, blocks=(_reboots(facts), _unsaved(facts)))


def _reboots(facts: Facts) -> Table:
    columns = (
        Column(key="device", title=say("Restarted device"), width=30, keep=True),
        Column(key="at", title=say("At"), align="right", width=14, keep=True),
        Column(key="lost", title=say("Lost"), align="right", width=14, keep=True),
        Column(key="reason", title=say("Reason, in the device's words"), width=42),
    )
    rows = tuple((Name(r.device, facts.model(r.device)), r.at, r.lost, r.reason or say("not given")) for r in facts.reboots[:ROWS])
    left = len(facts.reboots) - ROWS
    more = say("and {n} more restarts; all outages are in the attached table", n=left) if left > 0 else None
    return Table(key="reboots", columns=columns, rows=rows, empty=say("No device restarted."), more=more)


def _unsaved(facts: Facts) -> Table:
    columns = (
        Column(key="device", title=say("Configuration not saved"), width=30, keep=True),
        Column(key="since", title=say("Changed"), align="right", width=14, keep=True),
        Column(key="action", title=say("What to do"), width=56),
    )
    advice = say("Save it (copy running-config startup-config) once the change is agreed.")
    rows = tuple((Name(u.device, facts.model(u.device)), u.since, advice) for u in facts.unsaved[:ROWS])
    left = len(facts.unsaved) - ROWS
    more = say("and {n} more in the appendix", n=left) if left > 0 else None
    return Table(key="unsaved", columns=columns, rows=rows, empty=say("Every running configuration that was read is saved."), more=more)
