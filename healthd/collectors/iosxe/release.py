"""The IOS XE 3.x release of a device whose sysDescr names only the IOS inside it.

Source: SNMPv2-MIB::sysDescr; the pairs of releases are in :mod:`healthd.collectors._versions`.
"""

from collections.abc import Iterator

from healthd.catalogue.mibs.snmpv2 import SYSTEM
from healthd.collectors._lines import scalars
from healthd.collectors._versions import software, xe_release
from healthd.model.answer import Answers
from healthd.model.observation import Fact, Kind, Metric, Reading

RELEASE = Metric(name="software.release", unit="", kind=Kind.TEXT, source="SNMPv2-MIB::sysDescr")
METRICS = (RELEASE,)
ASKS = (SYSTEM,)


def read(answers: Answers) -> Iterator[Fact]:
    """Yield the IOS XE release that carries the IOS release told, where there is one."""
    if release := xe_release(software(scalars(answers, SYSTEM).text("sysDescr")).version):
        yield Reading(metric=RELEASE.name, item="", value=release, index="0", source=RELEASE.source)
