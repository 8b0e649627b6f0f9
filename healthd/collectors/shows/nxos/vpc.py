"""Virtual port channels: ``show vpc`` and ``show vpc brief`` of NX-OS.

Source: Cisco Nexus 9000 NX-OS Interfaces Configuration Guide, "Configuring vPCs". CISCO-VPC-MIB has neither the state of the
adjacency with the peer nor that of the peer-link: these are ``vpc.peer.state`` and ``vpc.peerlink.state``.
"""

import re
from collections.abc import Iterator

from healthd.collectors.shows._commands import typed
from healthd.collectors.vpc import CONSISTENT, KEEPALIVE, LINK, ROLE
from healthd.model.observation import Fact, Reading
from healthd.model.request import Show

ASKS = (Show("show vpc brief"),)

_FIELD = re.compile(r"^[ \t]*(vPC domain id|Peer status|vPC keep-alive status|vPC role)\s*: *(.*?)\s*$", re.MULTILINE | re.IGNORECASE)
_PEER_LINK = re.compile(r"^vPC Peer-link status\s*$(.*?)(?=^vPC status|\Z)", re.MULTILINE | re.DOTALL | re.IGNORECASE)
_LINKS = re.compile(r"^vPC status\s*$(.*)", re.MULTILINE | re.DOTALL | re.IGNORECASE)
_ROW = re.compile(
    r"^(?P<id>\d+) +(?P<port>[A-Za-z]\S*) +(?P<state>up|down\*?)(?: +(?P<agrees>success|failed|not\b.*?)(?:\s{2,}|\s*$|\s))?", re.MULTILINE
)
_ALIVE = (
    ("destination ip", "suspendedAsDestIPUnreachable"),
    ("vrf", "suspendedAsVRFUnusable"),
    ("issu", "suspendedAsISSU"),
    ("domain", "aliveButDomainIdDismatch"),
    ("not reachable", "peerUnreachable"),
    ("not alive", "peerUnreachable"),
    ("alive", "alive"),
    ("disabled", "disabled"),
)
_ROLES = {
    "primary": "primary",
    "secondary": "secondary",
    "primary, operational secondary": "primarySecondary",
    "secondary, operational primary": "secondaryPrimary",
    "none established": "noneEstablished",
}


def reads(command: str) -> bool:
    """Say whether *command* sums vPCs up."""
    return typed(command, "show vpc [brief]")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield peer, keepalive and role of the domain, the peer-link, then state and consistency of each vPC."""
    said = {key.lower(): value for key, value in _FIELD.findall(text)}
    domain = f"vPC domain {said.get('vpc domain id', '')}".strip()
    keepalive, peer = said.get("vpc keep-alive status", "").lower(), said.get("peer status", "").lower()
    for metric, item, word in (
        ("vpc.peer.state", domain, _adjacency(peer)),
        (KEEPALIVE.metric, domain, next((word for sign, word in _ALIVE if sign in keepalive), "misconfigured" if keepalive else "")),
        (ROLE.metric, domain, _ROLES.get(said.get("vpc role", "").lower(), "")),
        *_rows(text),
    ):
        if word:
            yield Reading(metric=metric, item=item, value=word, source=command)


def _adjacency(peer: str) -> str:
    return ("formed" if "formed ok" in peer else "down") if peer else ""


def _rows(text: str) -> Iterator[tuple[str, str, str]]:
    for section in _PEER_LINK.findall(text):
        for row in _ROW.finditer(section):
            yield "vpc.peerlink.state", f"vPC peer-link {row['port']}", row["state"]
    for section in _LINKS.findall(text):
        for row in _ROW.finditer(section):
            item = f"vPC {row['id']} {row['port']}"
            yield LINK.metric, item, "downStar" if row["state"].endswith("*") else row["state"]
            yield CONSISTENT.metric, item, "notApplicable" if (row["agrees"] or "").startswith("not") else row["agrees"] or ""
