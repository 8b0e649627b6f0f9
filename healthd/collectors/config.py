"""Is the running configuration saved? By CISCO-CONFIG-MAN-MIB."""

from collections.abc import Iterator

from healthd.catalogue.mibs.config_man import HISTORY
from healthd.catalogue.mibs.snmpv2 import SYSTEM
from healthd.collectors._states import number
from healthd.model.answer import Answers
from healthd.model.observation import Reading

ASKS = (HISTORY, SYSTEM)

_START = 10 * 60 * 100
"""Ticks: reading the start-up configuration counts as a change of the running one, within the first minutes."""
_WRAP = 2**32


def read(answers: Answers) -> Iterator[Reading]:
    """Yield for how many seconds the running configuration has been newer than the saved one; 0 when it is saved."""
    row = answers.row(HISTORY)
    changed, saved = number(row, "ccmHistoryRunningLastChanged"), number(row, "ccmHistoryStartupLastChanged")
    uptime = number(answers.row(SYSTEM), "sysUpTime")
    if changed is None or saved is None or uptime is None:
        return
    yield Reading(
        metric="config.unsaved",
        item="Configuration",
        index="0",
        value=unsaved(changed, saved, uptime),
        unit="s",
        source="CISCO-CONFIG-MAN-MIB::ccmHistoryRunningLastChanged",
    )


def unsaved(changed: int, saved: int, uptime: int) -> float:
    """Return the seconds since *changed* when *saved* is older; all three in ticks of sysUpTime, which wraps."""
    if changed <= saved or (saved == 0 and changed < _START):
        return 0.0
    return ((uptime - changed) % _WRAP) / 100
