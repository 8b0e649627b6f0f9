"""Named points at which a test can make healthd die, stumble or wait: what a crash does is tried, not argued.

``HEALTHD_FAULT=point:action`` (several by comma) with action ``kill``, ``stop``,
``raise`` or ``sleep=SECONDS``; ``point@N:action`` acts on the N-th pass. It is
refused unless ``HEALTHD_TEST=1`` is set too, so that no stray variable can
hurt a real daemon.
"""

import os
import signal
import time
from collections import Counter
from collections.abc import Mapping

from healthd.errors import ConfigError

_passed: Counter[str] = Counter()


class InjectedError(OSError):
    """What ``raise`` raises: an input/output error, as disks and networks give."""


def wanted(environment: Mapping[str, str]) -> dict[str, tuple[int, str]]:
    """Return point to (which pass, action) as *environment* asks.

    Raises:
        ConfigError: faults are asked for outside test mode, or not understood.
    """
    said = environment.get("HEALTHD_FAULT", "")
    if said and environment.get("HEALTHD_TEST") != "1":
        raise ConfigError("HEALTHD_FAULT is set, but this is no test (HEALTHD_TEST=1); unset it")
    found: dict[str, tuple[int, str]] = {}
    for each in filter(None, said.split(",")):
        point, _, action = each.partition(":")
        name, _, turn = point.partition("@")
        if action not in ("kill", "stop", "raise") and not action.startswith("sleep="):
            raise ConfigError(f"HEALTHD_FAULT: found {each!r}; allowed: point:kill, point:stop, point:raise, point:sleep=SECONDS")
        found[name] = (int(turn or 1), action)
    return found


def faultpoint(name: str) -> None:
    """Do what a test wants to happen here; nothing, in earnest."""
    if "HEALTHD_FAULT" not in os.environ:
        return
    turn, action = wanted(os.environ).get(name, (0, ""))
    _passed[name] += 1
    if _passed[name] != turn:
        return
    match action.partition("="):
        case ("kill", _, _):
            os.kill(os.getpid(), signal.SIGKILL)
        case ("stop", _, _):
            os.kill(os.getpid(), signal.SIGSTOP)
        case ("raise", _, _):
            raise InjectedError(f"injected at {name}")
        case (_, _, seconds):
            time.sleep(float(seconds))
