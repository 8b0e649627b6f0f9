"""Neighbours heard through CDP.

Source: CISCO-CDP-MIB::cdpCacheTable; row index ifIndex.cdpCacheDeviceIndex.
"""

from collections.abc import Iterator

from healthd.catalogue.mibs.cdp import CACHE
from healthd.catalogue.mibs.interfaces import EXTENDED, INTERFACES
from healthd.collectors import _names
from healthd.collectors._lines import lines
from healthd.collectors._octets import address, readable
from healthd.model.answer import Answers
from healthd.model.observation import Fact, Metric, Neighbour

METRICS: tuple[Metric, ...] = ()
ASKS = (CACHE, INTERFACES, EXTENDED)


def read(answers: Answers) -> Iterator[Fact]:
    """Yield one neighbour per entry of the cache."""
    names = _names.ports(answers)
    for line in lines(answers, CACHE):
        port = line.index.partition(".")[0]
        yield Neighbour(
            protocol="cdp",
            local=names.get(port, port),
            # Phones and some switches identify themselves by the octets of a MAC address.
            remote=readable(line.row.get("cdpCacheDeviceId")),
            remote_port=line.text("cdpCacheDevicePort"),
            remote_platform=line.text("cdpCachePlatform"),
            remote_address=address(line.row.get("cdpCacheAddress")),
            index=line.index,
        )
