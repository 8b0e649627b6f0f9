"""One file per Cisco operating system: how to recognise it, how to talk to it, whose readers it inherits."""

import re
import sys
from functools import cache

from healthd import modules
from healthd.model.device import Platform

UNKNOWN = Platform(name="unknown", title="unknown")
"""A system that no member knows: read with the general readers."""


@cache
def known() -> tuple[Platform, ...]:
    """Return every platform there is a file for, sorted by name."""
    return tuple(member.PLATFORM for member in modules.every(sys.modules[__name__]))


def recognise(object_id: str, description: str) -> Platform:
    """Return the platform of a device, from its sysObjectID and its sysDescr or ``show version``.

    The description decides where it says something: one product (an
    ASR 1001-X, an FTD-capable firewall) runs one system today and another
    after a re-image. The more special platform wins over the one it inherits
    from, then the longer match. UNKNOWN when no member claims the device.
    """
    said = [(platform, length) for platform in known() if (length := _longest(platform.descriptions, description))]
    inherited = {name for platform, _ in said for name in platform.like}
    special = [(length, platform) for platform, length in said if platform.name not in inherited]
    if special:
        return max(special, key=lambda found: (found[0], found[1].name))[1]
    return _by_object_id(f"{object_id.lstrip('.')}.")


def _longest(expressions: tuple[str, ...], description: str) -> int:
    found = (re.search(expression, description) for expression in expressions)
    return max((len(match[0]) for match in found if match), default=0)


def _by_object_id(object_id: str) -> Platform:
    """Return the platform with the longest matching prefix; prefixes end at a dot, so that 9.1.51 is not 9.1.516."""
    claims = [
        (len(prefix), platform.name, platform)
        for platform in known()
        for prefix in platform.object_ids
        if object_id.startswith(f"{prefix}.")
    ]
    return max(claims)[2] if claims else UNKNOWN
