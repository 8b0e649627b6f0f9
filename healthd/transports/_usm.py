"""SNMPv3's user security (RFC 3414, 3826, 7860), as far as gufo-snmp leaves it to its caller.

gufo signs and encrypts what is sent but takes answers without looking at
their signature or their level. Here every datagram is checked before gufo may
read it, and the agent's reports become words.
"""

import hmac
from dataclasses import dataclass, field

from gufo.snmp import user as gufo
from gufo.snmp._fast import get_localized_key, get_master_key

from healthd.errors import ConfigError
from healthd.model.credential import SnmpUser
from healthd.transports._gate import tlv

# Protocol: gufo's key class, hashlib's name, octets of the signature that are sent (RFC 7860 §4.2.1).
AUTH = {
    "md5": (gufo.Md5Key, "md5", 12),
    "sha1": (gufo.Sha1Key, "sha1", 12),
    "sha224": (gufo.Sha224Key, "sha224", 16),
    "sha256": (gufo.Sha256Key, "sha256", 24),
    "sha384": (gufo.Sha384Key, "sha384", 32),
    "sha512": (gufo.Sha512Key, "sha512", 48),
}
PRIV = {"des": gufo.DesKey, "aes128": gufo.Aes128Key, "aes192": gufo.Aes192Key, "aes256": gufo.Aes256Key}

# usmStats 1.3.6.1.6.3.15.1.1.x.0: what an agent reports instead of an answer.
_STATS = bytes.fromhex("2b060106030f0101")
NOT_IN_WINDOW, UNKNOWN_ENGINE = 2, 4
CAUSES = {
    1: "the agent does not allow this user this security level; allow it auth and priv as the profile says",
    NOT_IN_WINDOW: "the agent's clock does not hold still; look at its engine boots and time",
    3: "the agent does not know this user; create the user there or correct the profile",
    UNKNOWN_ENGINE: "the agent has another engine ID now",
    5: "wrong signature: the authentication password or protocol differs; correct the profile",
    6: "the agent cannot decrypt: the privacy password or protocol differs; correct the profile",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """A profile made ready: master keys derived once, as a password costs about a millisecond a time."""

    user: gufo.User
    algorithm: int = 0
    digest: str = ""
    signature: int = 0
    master: bytes = field(default=b"", repr=False)

    @property
    def private(self) -> bool:
        """Are answers encrypted."""
        return self.user.priv_key is not None

    def local(self, engine: bytes) -> bytes:
        """Return the key that the agent *engine* signs its answers with, empty where it signs none."""
        return get_localized_key(self.algorithm, self.master, engine) if self.signature else b""


def keys(profile: str, credential: SnmpUser) -> Keys:
    """Return the master keys of *credential*.

    Raises:
        ConfigError: the profile asks for something that SNMPv3 or this poller has not.
    """
    if credential.context:
        raise ConfigError(f"profile {profile!r}: contexts are not supported; give the user a view of the default context")
    if credential.auth is None:
        if credential.priv is not None:
            raise ConfigError(f"profile {profile!r}: priv without auth; SNMPv3 encrypts signed packets only, add auth")
        return Keys(user=gufo.User(credential.user))
    kind, digest, signature = AUTH[credential.auth_protocol]
    master = get_master_key(kind.AUTH_ALG, credential.auth.reveal().encode())
    priv = None
    if credential.priv is not None:
        # The privacy password is hashed by the authentication protocol too (RFC 3414 §A.2).
        made = get_master_key(kind.AUTH_ALG, credential.priv.reveal().encode())
        priv = PRIV[credential.priv_protocol](made, gufo.KeyType.Master)
    auth = kind(master, gufo.KeyType.Master)
    # Cisco lengthens short keys for AES-192/256 in its own way (draft-reeder-snmpv3-usm-3desede).
    user = gufo.User(credential.user, auth_key=auth, priv_key=priv, key_expansion=gufo.KeyExpansion.Cisco)
    return Keys(user=user, algorithm=kind.AUTH_ALG, digest=digest, signature=signature, master=master)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Of an SNMPv3 message: flags, engine, the place of the signature, and the number of the usmStats object of a report."""

    flags: int
    engine: bytes
    signature: slice
    report: int = 0


def header(datagram: bytes) -> Header | None:
    """Read the head of *datagram*, None when it is no SNMPv3 message with user security."""
    try:
        _, at, _ = tlv(datagram, 0)
        version, at = _part(datagram, at)
        globals_, at = _part(datagram, at)
        _, usm, scoped = tlv(datagram, at)
        _, inner, _ = tlv(datagram, usm)
        flags = _flags(datagram, globals_)
        engine, at = _part(datagram, inner)
        for _ in range(3):  # boots, time, user
            _, at = _part(datagram, at)
        signature, _ = _part(datagram, at)
        report = 0 if flags & 2 else _report(datagram, scoped)
    except IndexError:
        return None
    if datagram[version] != b"\x03":
        return None
    return Header(flags=flags, engine=datagram[engine], signature=signature, report=report)


def signed(datagram: bytes, where: slice, key: bytes, digest: str) -> bool:
    """Say whether the signature of *datagram*, standing at *where*, is made with *key*."""
    length = where.stop - where.start
    blank = datagram[: where.start] + bytes(length) + datagram[where.stop :]
    return hmac.compare_digest(hmac.digest(key, blank, digest)[:length], datagram[where])


def _part(data: bytes, at: int) -> tuple[slice, int]:
    _, start, end = tlv(data, at)
    return slice(start, end), end


def _flags(data: bytes, globals_: slice) -> int:
    _, at = _part(data, globals_.start)
    _, at = _part(data, at)
    flags, _ = _part(data, at)
    return data[flags.start]


def _report(data: bytes, at: int) -> int:
    """Return x of the object usmStats.x.0 in a Report-PDU, 0 when it is none."""
    _, at, _ = tlv(data, at)
    for _ in range(2):  # context engine and name
        _, at = _part(data, at)
    tag, start, end = tlv(data, at)
    if tag != 0xA8:
        return 0
    place = data.find(_STATS, start, end)
    return data[place + len(_STATS)] if place >= 0 else -1
