"""Ports that the switch itself has shut, and why, by CISCO-ERR-DISABLE-MIB."""

from collections.abc import Iterator

from healthd.catalogue.mibs.err_disable import CAUSE, DISABLED
from healthd.catalogue.mibs.interfaces import EXTENDED, INTERFACES
from healthd.collectors import _names
from healthd.collectors._states import StateColumn, words_of
from healthd.model.answer import Answers, Row
from healthd.model.observation import Reading

STATE = StateColumn(metric="interface.errdisabled", walk=DISABLED, column="cErrDisableIfStatusCause", words=CAUSE)

ASKS = (DISABLED, INTERFACES, EXTENDED)
WORDS = words_of(STATE)


def read(answers: Answers) -> Iterator[Reading]:
    """Yield the cause for each port that is shut; other ports have no row and give no reading."""
    names = _names.interfaces(answers)

    def name(index: str, _row: Row) -> str:
        interface, _, vlan = index.partition(".")
        said = names.get(interface, f"Interface {interface}")
        return f"{said} VLAN {vlan}" if vlan not in ("", "0") else said

    yield from STATE.readings(answers, name)
