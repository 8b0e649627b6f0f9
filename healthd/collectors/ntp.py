"""Is the clock synchronised? By CISCO-NTP-MIB."""

from collections.abc import Iterator

from healthd.catalogue.mibs.ntp import SYSTEM
from healthd.collectors._states import number
from healthd.model.answer import Answers
from healthd.model.observation import Reading

ASKS = (SYSTEM,)

_REFERENCE_CLOCK, _SERVER = 5, 6
_ALARM = 3
"""Leap indicator of a clock that follows nobody (RFC 5905, 7.3)."""


def read(answers: Answers) -> Iterator[Reading]:
    """Yield 1 or 0, nothing where the device does not say."""
    row = answers.row(SYSTEM)
    status, stratum, leap = (number(row, c) for c in ("cntpSysSrvStatus", "cntpSysStratum", "cntpSysLeap"))
    if stratum is not None:
        yield Reading(
            metric="ntp.stratum",
            item="NTP",
            index="0",
            value=stratum,
            source="CISCO-NTP-MIB::cntpSysStratum",
            oid=dict(SYSTEM.objects)["cntpSysStratum"],
        )
    found = synchronised(status, stratum, leap)
    if found is not None:
        source = "CISCO-NTP-MIB::cntpSysSrvStatus" if status not in (None, 1) else "CISCO-NTP-MIB::cntpSysStratum"
        yield Reading(metric="ntp.synchronised", item="NTP", index="0", value=int(found), source=source)


def synchronised(status: int | None, stratum: int | None, leap: int | None) -> bool | None:
    """Say whether the clock follows a server or a reference clock; None when it cannot be told.

    The server's status decides where it is known (1 is unknown); following
    its own local clock is not being synchronised. Stratum 16 and 0 mean that
    there is no source.
    """
    if status is not None and status != 1:
        return status in (_REFERENCE_CLOCK, _SERVER)
    if stratum is None:
        return None
    return 0 < stratum < 16 and leap != _ALARM
