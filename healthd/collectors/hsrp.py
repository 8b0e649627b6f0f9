"""HSRP groups by CISCO-HSRP-MIB: this router's part in each, and whether there is a standby."""

from collections.abc import Iterator

from healthd.catalogue.mibs import hsrp as mib
from healthd.catalogue.mibs.interfaces import EXTENDED, INTERFACES
from healthd.collectors import _names
from healthd.collectors._states import StateColumn, words_of
from healthd.model.answer import Answers, Row, text
from healthd.model.observation import Reading

STATE = StateColumn(metric="hsrp.state", walk=mib.GROUP, column="cHsrpGrpStandbyState", words=mib.STATE)

ASKS = (mib.GROUP, INTERFACES, EXTENDED)
WORDS = words_of(STATE)


def read(answers: Answers) -> Iterator[Reading]:
    """Yield the state and the standby router of each group; the item is interface and group."""
    names = _names.interfaces(answers)

    def name(index: str, _row: Row) -> str:
        interface, _, group = index.partition(".")
        return f"{names.get(interface, f'Interface {interface}')} group {group}"

    yield from STATE.readings(answers, name)
    for index, row in answers.rows(mib.GROUP).items():
        if standby := text(row.get("cHsrpGrpStandbyRouter")):
            source = f"{mib.GROUP.mib}::cHsrpGrpStandbyRouter"
            yield Reading(metric="hsrp.standby", item=name(index, row), index=index, value=standby, source=source)
