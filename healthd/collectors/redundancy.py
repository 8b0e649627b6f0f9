"""Two that stand in for each other: supervisors and stack switches (CISCO-RF-MIB), firewalls (CISCO-FIREWALL-MIB)."""

from collections.abc import Iterator

from healthd.catalogue.mibs import firewall, rf
from healthd.collectors._states import StateColumn, number, word, words_of
from healthd.model.answer import Answers, Row, text
from healthd.model.observation import Reading

FAILOVER = StateColumn(metric="redundancy.state", walk=firewall.HARDWARE, column="cfwHardwareStatusValue", words=firewall.STATE)

_OBJECTS = (
    ("cRFStatusUnitState", "redundancy.state", "This unit", rf.STATE),
    ("cRFStatusPeerUnitState", "redundancy.state", "Peer unit", rf.STATE),
    ("cRFCfgRedundancyMode", "redundancy.configured", "Configured mode", rf.MODE),
    ("cRFCfgRedundancyOperMode", "redundancy.mode", "Operating mode", rf.MODE),
)

ASKS = (rf.STATUS, firewall.HARDWARE)
WORDS = {**words_of(FAILOVER), **{f"CISCO-RF-MIB::{column}": words for column, _, _, words in _OBJECTS}}


def read(answers: Answers) -> Iterator[Reading]:
    """Yield one state per unit, and the mode the pair works in."""
    oids = dict(rf.STATUS.objects)
    for column, metric, item, words in _OBJECTS:
        if (raw := number(answers.row(rf.STATUS), column)) is not None:
            yield Reading(
                metric=metric,
                item=item,
                index="0",
                value=word(words, raw),
                raw=raw,
                source=f"CISCO-RF-MIB::{column}",
                oid=oids[column],
            )
    yield from FAILOVER.readings(answers, _unit)
    yield from _details(answers)


def _unit(index: str, row: Row) -> str:
    # "Primary unit (this device)": which one we talk to moves with every failover, the unit's name does not.
    said = text(row.get("cfwHardwareInformation")).partition("(")[0].strip()
    return said or firewall.NAME.get(index, f"Hardware {index}")


def _details(answers: Answers) -> Iterator[Reading]:
    """Yield what the firewall says about each unit in words: "Failover Off" is the difference between unused and broken."""
    for index, row in answers.rows(firewall.HARDWARE).items():
        if said := text(row.get("cfwHardwareStatusDetail")):
            source = "CISCO-FIREWALL-MIB::cfwHardwareStatusDetail"
            yield Reading(metric="redundancy.detail", item=_unit(index, row), index=index, value=said, source=source)
