"""Who does what by when: a proposal, until a case says otherwise.

The customer's people see to what stands in their rooms and to what they
configured: power, cooling, cables, what is not saved. The TAC sees to
hardware, software and the network's protocols.
"""

from datetime import date, timedelta

from healthd.model.finding import Condition, Finding, Level
from healthd.model.phrase import Phrase, say

OWN = frozenset({Condition.UNPOWERED, Condition.ENVIRONMENT, Condition.ABSENT, Condition.CONFIGURATION})
ON_SITE = frozenset({"interface_down", "interface_errors", "duplex_mismatch", "errdisabled", "link_flapping", "temperature", "power"})
DAYS = 7
"""A warning is seen to within a week."""


def is_customers(finding: Finding) -> bool:
    """Is *finding* for the customer's own people?"""
    return finding.verdict in OWN or (finding.verdict is None and finding.rule in ON_SITE)


def who(finding: Finding, advice: Phrase | None) -> Phrase:
    """Return who does what."""
    what = advice or say("find out the cause")
    return say("You: {what}", what=what) if is_customers(finding) else say("TAC: {what}", what=what)


def due(finding: Finding, made: date) -> Phrase | date:
    """Return by when: at once, or a date; *made* is the day on which the report was made."""
    return say("at once") if finding.level >= Level.CRITICAL else made + timedelta(days=DAYS)
