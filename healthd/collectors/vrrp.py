"""VRRP routers by VRRP-MIB and VRRPV3-MIB."""

from collections.abc import Iterator

from healthd.catalogue.mibs import vrrp as mib
from healthd.catalogue.mibs.interfaces import EXTENDED, INTERFACES
from healthd.collectors import _names
from healthd.collectors._states import StateColumn, words_of
from healthd.model.answer import Answers, Row
from healthd.model.observation import Reading

V2 = StateColumn(metric="vrrp.state", walk=mib.V2, column="vrrpOperState", words=mib.STATE)
V3 = StateColumn(metric="vrrp.state", walk=mib.V3, column="vrrpv3OperationsStatus", words=mib.STATE)

ASKS = (mib.V2, mib.V3, INTERFACES, EXTENDED)
WORDS = words_of(V2, V3)


def read(answers: Answers) -> Iterator[Reading]:
    """Yield the state of each virtual router; a device that speaks the newer MIB is read there alone."""
    names = _names.interfaces(answers)

    def name(index: str, _: Row) -> str:
        interface, group, *kind = index.split(".")
        return f"{names.get(interface, f'Interface {interface}')} group {group}{' IPv6' if kind == ['2'] else ''}"

    found = list(V3.readings(answers, name)) or V2.readings(answers, name)
    yield from found
