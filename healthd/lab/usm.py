"""SNMPv3's security on the agent's side (RFC 3414, 3826, 7860): discovery, clock, signature, encryption.

Written here because pysnmp's engine takes 5 ms and more for a datagram: twenty
devices with 77,000 objects would be polled in a minute, not in seconds. The
tests hold this agent against pysnmp, gufo-snmp and net-snmp as managers.
"""

import hashlib
import hmac
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES128

from healthd.errors import NotUnderstood
from healthd.lab import ber, pdu
from healthd.lab.accounts import Accounts
from healthd.lab.mibs.system import engine_id
from healthd.lab.view import View

try:
    from cryptography.hazmat.decrepit.ciphers.modes import CFB
except ImportError:
    from cryptography.hazmat.primitives.ciphers.modes import CFB

LENGTH = {"sha1": 12, "sha224": 16, "sha256": 24, "sha384": 32, "sha512": 48}
"""Bytes of the signature by hash (RFC 7860 §4)."""
WINDOW = 150
UNSUPPORTED, NOT_IN_WINDOW, UNKNOWN_USER, UNKNOWN_ENGINE, WRONG_DIGEST, BAD_CIPHER = range(1, 7)
"""The usmStats counters that a report names (SNMP-USER-BASED-SM-MIB)."""
_salts = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a v3 message says before its PDU."""

    number: int
    flags: int
    engine: bytes
    boots: int
    time: int
    user: bytes
    digest: bytes
    salt: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """The agent's side of the conversation: its identity, clock and keys."""

    name: str
    accounts: Accounts
    boots: int
    time: int

    @property
    def id(self) -> bytes:
        """The snmpEngineID."""
        return engine_id(self.name)

    def keys(self) -> tuple[bytes, bytes]:
        """Return the localized keys of signature and encryption."""
        a = self.accounts
        return tuple(localized(each.reveal(), self.id, a.auth_protocol) for each in (a.auth, a.priv))  # type: ignore[return-value]


@lru_cache(maxsize=64)
def master(password: str, protocol: str) -> bytes:
    """Return the digest of the password repeated to one megabyte (RFC 3414 §A.2)."""
    text = password.encode()
    return hashlib.new(protocol, (text * (1_048_576 // len(text) + 1))[:1_048_576]).digest()


@lru_cache(maxsize=512)
def localized(password: str, engine: bytes, protocol: str) -> bytes:
    """Return the key for one engine."""
    key = master(password, protocol)
    return hashlib.new(protocol, key + engine + key).digest()


def answer(message: bytes, engine: Engine, view: View, time: float) -> bytes | None:
    """Return the answer to a v3 message, a report where security wants one, None where nothing is due.

    Raises:
        NotUnderstood: the bytes are no SNMPv3 message.
    """
    header, data, where = _read(message)
    if wrong := _identity(header, engine) or _proof(message, header, where, engine):
        return _report(header, engine, wrong, signed=wrong == NOT_IN_WINDOW)
    _, priv = engine.keys()
    scoped = ber.Reader(crypt(priv, (header.boots, header.time), header.salt, ber.Reader(data).octets(), decrypt=True)).into()
    scoped.octets()
    context = scoped.octets()
    tag, content = scoped.next()
    if tag == pdu.REPORT:
        return None
    return _message(header, engine, context, pdu.answer(tag, content, view, time), 3)


def _identity(header: Header, engine: Engine) -> int:
    """Return which counter of usmStats the header's engine, user or level earns, 0 when they are right."""
    if header.engine != engine.id:
        return UNKNOWN_ENGINE
    if header.user != engine.accounts.user.encode():
        return UNKNOWN_USER
    return UNSUPPORTED if header.flags & 3 != 3 else 0


def _proof(message: bytes, header: Header, where: int, engine: Engine) -> int:
    """Return which counter a wrong signature or clock earns, 0 when both are right."""
    size = LENGTH[engine.accounts.auth_protocol]
    blank = message[:where] + bytes(size) + message[where + size :]
    signed = hmac.digest(engine.keys()[0], blank, engine.accounts.auth_protocol)[:size]
    if len(header.digest) != size or not hmac.compare_digest(signed, header.digest):
        return WRONG_DIGEST
    return NOT_IN_WINDOW if header.boots != engine.boots or abs(header.time - engine.time) > WINDOW else 0


def _read(message: bytes) -> tuple[Header, bytes, int]:
    """Return header, the rest's bytes, and where in the message the signature stands."""
    outer = ber.Reader(message).into()
    if outer.integer() != 3:
        raise NotUnderstood("not SNMPv3")
    data = outer.into()
    number, _, flags = data.integer(), data.integer(), data.octets()
    security = outer.octets()
    params = ber.Reader(security).into()
    engine, boots, time, user = params.octets(), params.integer(), params.integer(), params.octets()
    digest, salt = params.octets(), params.octets()
    # The signature is cut out where it stands, not searched for: its bytes might occur twice.
    place = message.find(security) + _offset(security, digest, salt)
    header = Header(
        number=number, flags=flags[0] if flags else 0, engine=engine, boots=boots, time=time, user=user, digest=digest, salt=salt
    )
    return header, outer.data[outer.at :], place


def _offset(security: bytes, digest: bytes, salt: bytes) -> int:
    return len(security) - len(ber.tlv(0x04, salt)) - len(digest)


def crypt(key: bytes, clock: tuple[int, int], salt: bytes, data: bytes, *, decrypt: bool) -> bytes:
    """Return *data* through AES-128 in CFB mode; *clock* is the engine's boots and time (RFC 3826 §3.1.2)."""
    cipher = Cipher(AES128(key[:16]), CFB(clock[0].to_bytes(4) + clock[1].to_bytes(4) + salt))
    work = cipher.decryptor() if decrypt else cipher.encryptor()
    return work.update(data) + work.finalize()


def _report(header: Header, engine: Engine, which: int, *, signed: bool = False) -> bytes | None:
    # A message that says "do not report" (flag 4 clear) gets silence.
    if not header.flags & 4:
        return None
    oid = (1, 3, 6, 1, 6, 3, 15, 1, 1, which, 0)
    body = pdu.response(header.number, pdu.binding(oid, ber.integer(1, 0x41)), tag=pdu.REPORT)
    return _message(header, engine, b"", body, 1 if signed else 0)


def _message(header: Header, engine: Engine, context: bytes, body: bytes, level: int) -> bytes:
    auth, priv = engine.keys()
    scoped = ber.tlv(ber.SEQUENCE, ber.tlv(0x04, engine.id) + ber.tlv(0x04, context) + body)
    salt = next(_salts).to_bytes(8) if level == 3 else b""
    if level == 3:
        scoped = ber.tlv(0x04, crypt(priv, (engine.boots, engine.time), salt, scoped, decrypt=False))
    size = LENGTH[engine.accounts.auth_protocol] if level else 0
    security = ber.tlv(
        ber.SEQUENCE,
        ber.tlv(0x04, engine.id) + ber.integer(engine.boots) + ber.integer(engine.time) + ber.tlv(0x04, header.user if level else b"")
        + ber.tlv(0x04, bytes(size)) + ber.tlv(0x04, salt),
    )  # fmt: skip
    data = ber.tlv(ber.SEQUENCE, ber.integer(header.number) + ber.integer(65_507) + ber.tlv(0x04, bytes([level])) + ber.integer(3))
    whole = ber.tlv(ber.SEQUENCE, ber.integer(3) + data + ber.tlv(0x04, security) + scoped)
    if not size:
        return whole
    place = whole.find(security) + len(security) - len(ber.tlv(0x04, salt)) - size
    return whole[:place] + hmac.digest(auth, whole, engine.accounts.auth_protocol)[:size] + whole[place + size :]
