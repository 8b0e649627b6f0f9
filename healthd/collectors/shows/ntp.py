"""Is the clock synchronised?

``show ntp status`` and ``show ntp associations`` of IOS, IOS XE, IOS XR and ASA, ``show ntp peer-status`` of NX-OS.

Sources: Cisco IOS Basic System Management Command Reference; the mark ``*`` of the peer that the clock follows
is explained at the foot of each listing.
"""

import re
from collections.abc import Iterator

from healthd.collectors.shows import _addresses
from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact, Reading
from healthd.model.request import Show

ASKS: tuple[Show, ...] = ()
ALONE = (Show("show ntp status"),)

_CLOCK = re.compile(r"Clock is (un)?synchroni[sz]ed(?:.*?stratum (\d+))?", re.IGNORECASE)
_OFF = re.compile(r"NTP is not (?:enabled|configured|running)|NTP (?:service )?is disabled", re.IGNORECASE)
_PEER = re.compile(
    rf"^ {{0,4}}(?P<mark>[*#+\-=x~.o]{{0,3}}) {{0,2}}~? {{0,2}}(?P<peer>{_addresses.IPV4}|{_addresses.IPV6})(?: vrf \S+)?(?:\s|$)",
    re.MULTILINE,
)


def reads(command: str) -> bool:
    """Say whether *command* tells whether the clock follows a server."""
    return typed(command, "show ntp status *", "show ntp associations [vrf] *", "show ntp peer-status")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield 1 or 0, and the stratum; nothing where the device does not say."""
    if found := _CLOCK.search(text):
        if found[2]:
            yield Reading(metric="ntp.stratum", item="NTP", value=int(found[2]), source=command)
        yield _synchronised(not found[1], command)
    elif _OFF.search(text):
        yield _synchronised(False, command)
    elif peers := [*_PEER.finditer(text)]:
        yield _synchronised(any("*" in peer["mark"] for peer in peers), command)


def _synchronised(is_so: bool, command: str) -> Reading:
    return Reading(metric="ntp.synchronised", item="NTP", value=int(is_so), source=command)
