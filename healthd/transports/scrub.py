"""Taking secrets out of what devices print, before it is written anywhere to be shared.

Two nets: the secrets we know, wherever they stand; and the places where Cisco
configurations and outputs keep theirs, whatever stands there. What goes is
replaced by ``<removed>``, so that the line keeps its shape.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from healthd.model.secret import Secret

REMOVED = "<removed>"

_PLACES: Sequence[re.Pattern[str]] = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        # The longer forms stand first: what they replaced is not looked at again as a key of its own.
        r"(standby (?:\d+ )?authentication (?:md5 key-string |text )?(?:\d )?)(\S+)",
        r"(snmp-server community )(\S+)",
        r"(snmp-server host \S+ (?:vrf \S+ )?(?:(?:traps|informs) )?(?:version (?:1|2c|3) (?:auth|noauth|priv )?)?)(?!version|traps|informs|vrf)(\S+)",
        r"(snmp-server user )(\S+)",
        r"(snmp-server user .* (?:auth (?:md5|sha|sha-?\d+)) )(\S+)",
        r"(snmp-server user .* priv (?:des|3des|aes(?: ?\d+)?|aes-\d+) )(\S+)",
        r"(Community name: )(\S+)",
        r"(User name: )(\S+)",
        r"\b(username )(\S+)",
        r"((?:password|secret|passphrase)(?: (?:level )?\d+)* )(?!encryption|recovery|policy|\d+ )(\S+)",
        r"(\b(?:key|key-string|pre-shared-key|authentication-key \d+ \S+|md5|hmac-md5|shared-secret|psk)(?: [0-9])? )(?!chain|config-key|generate|key-string|<removed>|\d+$)(\S{6,})",
        r"((?:tacacs|radius)-server .*key(?: \d)? )(\S+)",
        r"(crypto isakmp key (?:\d )?)(\S+)",
        r"(neighbor \S+ password(?: \d)? )(\S+)",
        r"(ip ospf (?:authentication-key|message-digest-key \d+ md5)(?: \d)? )(\S+)",
        r"(ppp (?:chap|pap) \S+ (?:password )?(?:\d )?)(\S+)",
        r"(wpa-psk ascii(?: \d)? )(\S+)",
        r"(ftp-server .*password )(\S+)",
        r"((?:ftp|scp|sftp|https?|tftp)://[^\s:/@]+:)([^\s@]+)(?=@)",
    )
)
_BLOCKS = re.compile(r"(-----BEGIN [^-]+-----).*?(-----END [^-]+-----)|(^ *certificate .*\n)(?:^ +[0-9A-F ]+\n)+", re.DOTALL | re.MULTILINE)
_SERIAL = re.compile(r"\b(?=[A-Z]{3}\d{4})[A-Z]{3}\d{4}[A-Z0-9]{4}\b")
"""Cisco serial numbers: site, year and week, sequence (FOC1234X0AB)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scrub:
    """What to take out.

    *known* are secrets to be found anywhere, *names* those of users, which go
    where they stand as a word; with *serials* off, serial numbers become stable stand-ins.
    """

    known: tuple[Secret, ...] = field(default=(), repr=False)
    names: tuple[str, ...] = ()
    serials: bool = True

    def text(self, text: str) -> str:
        """Return *text* without secrets."""
        for secret in self._known():
            text = text.replace(secret, REMOVED)
        for name in self.names:
            text = re.sub(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", REMOVED, text)
        text = _BLOCKS.sub(lambda found: f"{found[1] or found[3]}{REMOVED}\n{found[2] or ''}", text)
        for pattern in _PLACES:
            text = pattern.sub(lambda found: found[1] + REMOVED, text)
        return text if self.serials else _SERIAL.sub(lambda found: stand_in(found[0]), text)

    def raw(self, data: bytes) -> bytes:
        """Return an SNMP octet string without secrets; bytes that are no text are searched for the known ones only."""
        for secret in self._known():
            data = data.replace(secret.encode(), REMOVED.encode())
        try:
            return self.text(data.decode("utf-8")).encode()
        except UnicodeDecodeError:
            return data

    def _known(self) -> Iterable[str]:
        return sorted((s.reveal() for s in self.known if len(s.reveal()) >= 3), key=len, reverse=True)


def stand_in(serial: str) -> str:
    """Return a serial number of the same shape that tells nothing, the same for the same."""
    digest = hashlib.sha256(serial.encode()).hexdigest().upper()
    return f"XXX{int(digest[:6], 16) % 10000:04}{digest[6:10]}"
