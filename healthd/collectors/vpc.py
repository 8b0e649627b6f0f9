"""Virtual port channels by CISCO-VPC-MIB: the peer, the role, and the links to hosts."""

from collections.abc import Iterator

from healthd.catalogue.mibs import vpc as mib
from healthd.catalogue.mibs.interfaces import EXTENDED, INTERFACES
from healthd.collectors import _names
from healthd.collectors._states import StateColumn, number, words_of
from healthd.model.answer import Answers, Row
from healthd.model.observation import Reading

KEEPALIVE = StateColumn(metric="vpc.keepalive.state", walk=mib.KEEPALIVE, column="cVpcPeerKeepAliveStatus", words=mib.KEEPALIVE_STATE)
ROLE = StateColumn(metric="vpc.role.state", walk=mib.ROLE, column="cVpcRoleStatus", words=mib.ROLE_STATE)
LINK = StateColumn(metric="vpc.link.state", walk=mib.HOST_LINK, column="cVpcStatusHostLinkStatus", words=mib.HOST_LINK_STATE)
CONSISTENT = StateColumn(
    metric="vpc.link.consistency", walk=mib.HOST_LINK, column="cVpcStatusHostLinkConsistencyStatus", words=mib.CONSISTENCY
)

ASKS = (mib.KEEPALIVE, mib.ROLE, mib.HOST_LINK, INTERFACES, EXTENDED)
WORDS = words_of(KEEPALIVE, ROLE, LINK, CONSISTENT)


def read(answers: Answers) -> Iterator[Reading]:
    """Yield peer and role of each domain, state and consistency of each vPC."""
    names = _names.interfaces(answers)

    def domain(index: str, _: Row) -> str:
        return f"vPC domain {index}"

    def link(index: str, row: Row) -> str:
        interface = names.get(str(number(row, "cVpcStatusHostLinkIfIndex")), "")
        return f"vPC {index.rpartition('.')[2]} {interface}".strip()

    yield from KEEPALIVE.readings(answers, domain)
    yield from ROLE.readings(answers, domain)
    yield from LINK.readings(answers, link)
    yield from CONSISTENT.readings(answers, link)
