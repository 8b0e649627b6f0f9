"""Notifications of SNMPv3 through pysnmp's engine, without its sockets.

The sender of a trap is the authority over its own clock (RFC 3414 §3.2), so
keys are made for every engine that a known user sends from. pysnmp takes the
time of whatever is signed; the window that keeps replayed messages out is
checked here. The receiver of an inform is the authority: that is us, and
pysnmp answers for us.
"""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from pyasn1.codec.ber import decoder
from pysnmp.entity import config, engine
from pysnmp.entity.rfc3413 import ntfrcv
from pysnmp.proto import error, rfc1902
from pysnmp.proto.mpmod.rfc3412 import SNMPv3Message
from pysnmp.proto.secmod.rfc3414.service import UsmSecurityParameters

from healthd.model.credential import SnmpUser

WINDOW_S = 150
ENGINES = 20_000
AUTH = {
    "md5": config.USM_AUTH_HMAC96_MD5, "sha1": config.USM_AUTH_HMAC96_SHA, "sha224": config.USM_AUTH_HMAC128_SHA224,
    "sha256": config.USM_AUTH_HMAC192_SHA256, "sha384": config.USM_AUTH_HMAC256_SHA384, "sha512": config.USM_AUTH_HMAC384_SHA512,
}  # fmt: skip
PRIV = {
    "des": config.USM_PRIV_CBC56_DES, "aes128": config.USM_PRIV_CFB128_AES, "aes192": config.USM_PRIV_CFB192_AES,
    "aes256": config.USM_PRIV_CFB256_AES,
}  # fmt: skip
DOMAIN, NOWHERE = (1, 3, 6, 1, 6, 1, 1), ("127.0.0.1", 0)


@dataclass(slots=True)
class Told:
    """What became of one datagram: its *variables* (None: refused, for *reason*), its *request* number, and what the engine answers."""

    variables: list[tuple[Any, Any]] | None = None
    user: str = ""
    request: int = 0
    answer: bytes = b""
    reason: str = "refused"


@dataclass(slots=True)
class Clock:
    """Where another engine's clock was when we last heard it, by its own numbers and by our monotonic time."""

    boots: int
    time: int
    heard: float


@dataclass(kw_only=True)
class Engine:
    """One receiving engine with its users; not for two threads at once."""

    users: Mapping[str, SnmpUser]
    engine_id: bytes = b""
    _clocks: dict[bytes, Clock] = field(default_factory=dict)
    _made: set[tuple[bytes, str]] = field(default_factory=set)
    _told: Told = field(default_factory=Told)

    def __post_init__(self) -> None:
        own = rfc1902.OctetString(self.engine_id) if self.engine_id else None
        self._engine = engine.SnmpEngine(snmpEngineID=own)
        self._engine.transport_dispatcher = self  # type: ignore[assignment]  # it asks for send_message and the timer alone
        ntfrcv.NotificationReceiver(self._engine, self._arrived)
        self._engine.observer.register_observer(self._numbered, "rfc3412.receiveMessage:request")
        self._own = bytes(self._engine.snmpEngineID)
        # Hashing a password takes tens of milliseconds: once a user, not once for every engine that claims to be new.
        self._masters = {user.user: _masters(user) for user in self.users.values()}
        for user in self.users.values():
            self._add(user, self._own)

    def read(self, data: bytes) -> Told:
        """Return what is in *data*."""
        self._told = Told()
        head = _header(data)
        user = self.users.get(head.user)
        if user and head.engine not in (b"", self._own):
            if not _protected(head.level, user):
                return Told(reason=f"user {head.user!r} with less security than its profile says")
            self._add(user, head.engine)
        with contextlib.suppress(error.StatusInformation):
            self._engine.message_dispatcher.receive_message(self._engine, DOMAIN, NOWHERE, data)
        told = self._told
        if told.variables is None:
            told.reason = _reason(head.user, self.users)
        elif head.engine != self._own and not self._fresh(head.engine, head.boots, head.time):
            return Told(reason="replayed, or the sender's clock went back")
        else:
            told.user = head.user
        return told

    def _add(self, user: SnmpUser, engine_id: bytes) -> None:
        """Make *user*'s keys for one engine; the number of engines is bounded."""
        key = (engine_id, user.user)
        if key in self._made or len(self._made) >= ENGINES or not 5 <= len(engine_id) <= 32:
            return
        self._made.add(key)
        auth, priv = self._masters[user.user]
        config.add_v3_user(
            self._engine,
            user.user,
            AUTH[user.auth_protocol] if user.auth else config.USM_AUTH_NONE,
            auth,
            PRIV[user.priv_protocol] if user.priv else config.USM_PRIV_NONE,
            priv,
            securityEngineId=rfc1902.OctetString(engine_id),
            authKeyType=config.USM_KEY_TYPE_MASTER if auth else config.USM_KEY_TYPE_PASSPHRASE,
            privKeyType=config.USM_KEY_TYPE_MASTER if priv else config.USM_KEY_TYPE_PASSPHRASE,
        )

    def _fresh(self, sender: bytes, boots: int, time: int) -> bool:
        """Say whether a signed message is new (RFC 3414 §3.2 step 7b), and move the sender's clock on."""
        now, known = monotonic(), self._clocks.get(sender)
        if known is None or boots > known.boots:
            self._clocks[sender] = Clock(boots, time, now)
            return True
        if boots < known.boots or time < known.time + int(now - known.heard) - WINDOW_S:
            return False
        if time > known.time:
            self._clocks[sender] = Clock(boots, time, now)
        return True

    def _numbered(self, _engine: Any, _point: str, variables: Mapping[str, Any], _context: Any) -> None:
        self._told.request = int(variables["pdu"][0])

    def _arrived(self, *said: Any) -> None:
        self._told.variables = list(said[-2])

    def send_message(self, message: bytes, _domain: Any, _address: Any) -> None:
        """Keep what the engine wants to send; it is called as the engine's transport."""
        self._told.answer = bytes(message)

    def get_timer_resolution(self) -> float:
        """Return the tick of the engine's timers in seconds; nothing here runs by them."""
        return 1.0


def _masters(user: SnmpUser) -> tuple[bytes | None, bytes | None]:
    """Return the master keys for signing and for encrypting; both are hashed by the signing protocol (RFC 3414 §A.2)."""
    if user.auth is None:
        return None, None
    kind = AUTH[user.auth_protocol]
    auth, priv = config.AUTH_SERVICES[kind].hash_passphrase(user.auth.reveal().encode()), None
    if user.priv is not None:
        priv = config.PRIV_SERVICES[PRIV[user.priv_protocol]].hash_passphrase(kind, user.priv.reveal().encode())
    return bytes(auth), bytes(priv) if priv is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What stands outside the encryption; *level* has bit 0 for signed and bit 1 for encrypted."""

    engine: bytes
    boots: int
    time: int
    user: str
    level: int


def _header(data: bytes) -> Header:
    message, _ = decoder.decode(data, asn1Spec=SNMPv3Message())
    security, _ = decoder.decode(bytes(message[2]), asn1Spec=UsmSecurityParameters())
    return Header(
        engine=bytes(security[0]),
        boots=int(security[1]),
        time=int(security[2]),
        user=bytes(security[3]).decode("utf-8", "replace"),
        level=bytes(message[1][2])[0] & 3,
    )


def _protected(level: int, user: SnmpUser) -> bool:
    """Say whether a message is signed and encrypted as *user*'s profile says; pysnmp asks this of informs alone."""
    return bool((level & 1 or not user.auth) and (level & 2 or not user.priv))


def _reason(name: str, users: Mapping[str, SnmpUser]) -> str:
    if not name:
        return "asks for the engine's identity"
    return f"user {name!r} with another password or protocol" if name in users else f"unknown user {name!r}"
