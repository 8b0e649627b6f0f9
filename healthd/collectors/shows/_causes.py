"""Why a switch has shut a port, in the words of CISCO-ERR-DISABLE-MIB::cErrDisableFeatureID."""

import re

from healthd.catalogue.mibs.err_disable import CAUSE

_WORDS = {word.lower(): word for word in CAUSE.values()}
_ALSO = {
    "psecureviolation": "portSecurityViolation",
    "securityviolation": "dot1xSecurityViolation",
    "loopback": "portLoopback",
    "pagpflap": "pagpFlap",
    "oamremotecriticalevent": "oamRemoteCriticalEvent",
    "dhcpratelimit": "dhcpRateLimit",
    "xcvrincomp": "tranceiverIncomp",
    "l2ptguard": "l2ptGuard",
}
_DISABLED = re.compile(r"err(?:or)?[- ]?dis(?:abled?)?", re.IGNORECASE)


def disabled(reason: str) -> str:
    """Return the cause behind *reason*, empty where it does not speak of a port that the switch has shut.

    NX-OS joins cause and state (``linkFlapErrDisabled``), IOS prints the bare
    state beside an interface: the cause then is ``unknown``.
    """
    return cause(reason) if _DISABLED.search(reason) else ""


def cause(reason: str) -> str:
    """Return the MIB's word for *reason* as IOS or NX-OS print it, or what they print where the MIB has none."""
    said = _DISABLED.sub("", re.sub(r"\(.*|,.*", "", reason)).strip(" -:")
    plain = re.sub(r"[^a-z0-9]", "", said.lower())
    return _WORDS.get(plain) or _ALSO.get(plain) or said or "unknown"
