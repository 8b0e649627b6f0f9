"""SNMP v2c and v3: whole polls, and the quick sweep.

Encoding, decoding and encryption are gufo-snmp's; retries, bounds and the
check that an agent answered what it was asked are ours.
"""

import asyncio
import contextlib
import resource
import socket
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import ip_address

from gufo.snmp._fast import SnmpV2cClientSocket

from healthd.errors import ConfigError, Refused, TimedOut, Unreachable
from healthd.model.answer import Answers, Value
from healthd.model.credential import Credential, SnmpCommunity, SnmpUser
from healthd.model.device import Device
from healthd.model.request import Request
from healthd.model.setting import bound, check
from healthd.transports import _usm
from healthd.transports._gate import Gate
from healthd.transports._poll import Bounds, Poll
from healthd.transports._session import SYS_UP_TIME, Line, Session, endpoint
from healthd.transports._session3 import Stale, UserSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``[snmp]``: *timeout* s a try, *retries* after the first try, and the bounds of one device's poll.

    *walk_seconds* bounds one table, *poll_seconds* all of one poll, *varbinds*
    what a poll may bring. *in_flight* is how many questions one device gets
    at once, *sessions* how many sockets are kept open, *objects* how many
    objects one GET asks for.
    """

    timeout: float = bound(2.0, above=0)
    retries: int = bound(2, least=0)
    walk_seconds: float = bound(60.0, above=0)
    poll_seconds: float = bound(300.0, above=0)
    varbinds: int = bound(100_000, least=1)
    in_flight: int = bound(4, least=1, most=4)
    sessions: int = bound(20_000, least=1)
    objects: int = bound(30, least=1, most=60)

    def __post_init__(self) -> None:
        check(self)


class Snmp:
    """The SNMP wire. One object serves all devices; *credentials* are the SNMP profiles by name."""

    def __init__(self, credentials: Mapping[str, Credential], settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self._credentials = credentials
        self._kept: dict[tuple[str, int, str], Session] = {}
        self._keys: dict[str, _usm.Keys] = {}
        self._gate = Gate()
        # A session takes two descriptors; half of them all stay free for everything else.
        self._most = min(self.settings.sessions, _descriptors() // 4)

    async def ask(self, device: Device, requests: Collection[Request]) -> Answers:
        """Ask *device* every Get and Walk of *requests* once; Show is not SNMP's business.

        Raises:
            Unreachable, TimedOut: the device answered nothing at all.
            Refused: it answered that user, keys or rights are wrong.
        """
        s = self.settings
        poll = Poll(
            where=_where(device),
            bounds=Bounds(
                walk_seconds=s.walk_seconds, poll_seconds=s.poll_seconds, varbinds=s.varbinds, in_flight=s.in_flight, objects=s.objects
            ),
            lend=lambda: self.lend(device),
        )
        try:
            return await poll.run(requests)
        except Stale:
            return await poll.run(requests)

    async def sweep(self, device: Device, oids: Sequence[str]) -> tuple[Value | None, ...]:
        """Return the values of *oids* in their order, None for what the device has not; one round, quick.

        Raises:
            Unreachable, TimedOut, Refused: as ``ask``.
        """
        try:
            return await self._sweep(device, oids)
        except Stale:
            return await self._sweep(device, oids)

    async def heard(self, device: Device) -> bool:
        """Say whether an SNMP agent answers at *device*, by one object."""
        try:
            await self.sweep(device, (SYS_UP_TIME,))
        except (TimedOut, Unreachable):
            return False
        except Refused:
            pass  # it says no, so it is there
        return True

    def close(self) -> None:
        """Close all kept sockets."""
        for session in self._kept.values():
            session.close()
        self._kept.clear()
        self._gate.close()

    async def _sweep(self, device: Device, oids: Sequence[str]) -> tuple[Value | None, ...]:
        size, found = self.settings.objects, {}
        async with self.lend(device) as session:
            for start in range(0, len(oids), size):
                found.update(await session.get(list(oids[start : start + size])))
        # What was not asked is not handed out: the answered OIDs are the keys.
        return tuple([found.get(oid) for oid in oids])

    @asynccontextmanager
    async def lend(self, device: Device) -> AsyncIterator[Session]:
        """Lend a session to *device* that nobody else uses meanwhile."""
        loop = asyncio.get_running_loop()
        key = (device.address, device.port, device.snmp)
        session = self._kept.pop(key, None)
        if session is not None and session.loop is not loop:
            session.close()
            session = None
        kept = session is not None
        session = session or await self._open(device)
        try:
            if kept:
                await session.fresh()
            yield session
        except (Stale, TimedOut, Unreachable, asyncio.CancelledError):
            # Whoever answers there next may have another address, engine or clock.
            session.close()
            raise
        except BaseException:
            self._keep(key, session)
            raise
        self._keep(key, session)

    def _keep(self, key: tuple[str, int, str], session: Session) -> None:
        if key in self._kept or len(self._kept) >= self._most:
            session.close()
        else:
            self._kept[key] = session

    async def _open(self, device: Device) -> Session:
        credential = self._credentials.get(device.snmp)
        where, s = _where(device), self.settings
        to = endpoint(await _address(device), device.port)
        line = Line(to=to, where=where, gate=self._gate, timeout=s.timeout, retries=s.retries)
        try:
            match credential:
                case SnmpCommunity():
                    return Session(SnmpV2cClientSocket(to, credential.community.reveal(), 0, 0, 0, 0), line)
                case SnmpUser():
                    return await _opened(UserSession(line, self._ready(device.snmp, credential)))
        except OSError as error:
            raise Unreachable(f"{where}: {error.strerror or error}; check the address, and this machine's routes and limits") from error
        known = ", ".join(sorted(self._credentials)) or "none"
        raise ConfigError(f"{device.name}: found the SNMP profile {device.snmp!r}; allowed: {known}; correct the device's profile")

    def _ready(self, profile: str, credential: SnmpUser) -> _usm.Keys:
        """Return the keys of *profile*, derived when first wanted."""
        if profile not in self._keys:
            self._keys[profile] = _usm.keys(profile, credential)
        return self._keys[profile]


def _descriptors() -> int:
    """Take all the descriptors that this process may have, and return how many: the usual 1024 are no limit of the machine's."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    except (OSError, ValueError):
        return soft
    return hard


async def _opened(session: UserSession) -> UserSession:
    try:
        await session.open()
    except BaseException:
        session.close()
        raise
    return session


async def _address(device: Device) -> str:
    """Return the IP address of *device*, looked up where the inventory gives a name."""
    with contextlib.suppress(ValueError):
        return str(ip_address(device.address))
    try:
        found = await asyncio.get_running_loop().getaddrinfo(device.address, device.port, type=socket.SOCK_DGRAM)
    except OSError as error:
        raise Unreachable(
            f"{_where(device)}: the name cannot be looked up: {error.strerror or error}; give the device's IP address"
        ) from error
    return str(found[0][4][0])


def _where(device: Device) -> str:
    return f"{device.name} ({device.address})"
