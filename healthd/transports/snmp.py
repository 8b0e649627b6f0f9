"""SNMP v2c and v3: whole polls, and the quick sweep.

Encoding, decoding and encryption are gufo-snmp's; retries, bounds and the
check that an agent answered what it was asked are ours.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from gufo.snmp._fast import SnmpV2cClientSocket

from healthd.errors import ConfigError, TimedOut, Unreachable
from healthd.model.answer import Answers, Value
from healthd.model.credential import Credential, SnmpCommunity
from healthd.model.device import Device
from healthd.model.request import Request
from healthd.transports._poll import SYS_UP_TIME, Bounds, Poll
from healthd.transports._session import Session, endpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``[snmp]``: *timeout* s a try, *retries* after the first try, and the bounds of one device's poll.

    *walk_seconds* bounds one table, *poll_seconds* all of one poll, *varbinds*
    what a poll may bring. *in_flight* is how many questions one device gets
    at once, *sessions* how many sockets are kept open, *objects* how many
    objects one GET asks for.
    """

    timeout: float = 2.0
    retries: int = 2
    walk_seconds: float = 60.0
    poll_seconds: float = 300.0
    varbinds: int = 100_000
    in_flight: int = 4
    sessions: int = 20_000
    objects: int = 20

    def __post_init__(self) -> None:
        if self.timeout <= 0 or self.retries < 0 or not 1 <= self.in_flight <= 4 or not 1 <= self.objects <= 60:
            raise ValueError("timeout must be above 0, retries at least 0, in_flight 1 to 4, objects 1 to 60")


class Snmp:
    """The SNMP wire. One object serves all devices; it must be used within one event loop at a time."""

    def __init__(self, credentials: Mapping[str, Credential], settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self._credentials = credentials
        self._kept: dict[tuple[str, int, str], list[Session]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    async def ask(self, device: Device, requests: Collection[Request]) -> Answers:
        """Ask *device* every Get and Walk of *requests* once; Show is not SNMP's business.

        Raises:
            Unreachable, TimedOut: the device answered nothing at all.
            Refused: it answered that user, keys or rights are wrong.
        """
        return await self._poll(device).run(requests)

    async def sweep(self, device: Device, oids: Sequence[str]) -> tuple[Value | None, ...]:
        """Return the values of *oids* in their order, None for what the device has not; one round, quick."""
        size = self.settings.objects
        session = await self.take(device)
        try:
            found = await session.get(list(oids[:size]))
            for start in range(size, len(oids), size):
                found.update(await session.get(list(oids[start : start + size])))
        finally:
            self.give_back(device, session)
        return tuple([found.get(oid) for oid in oids])

    async def heard(self, device: Device) -> bool:
        """Say whether an SNMP agent answers at *device*, by one object."""
        try:
            await self.sweep(device, (SYS_UP_TIME,))
        except (TimedOut, Unreachable):
            return False
        return True

    async def take(self, device: Device) -> Session:
        """Return a session to *device* that nobody else uses; give it back afterwards."""
        if self._loop is not asyncio.get_running_loop():
            self._forget()
        kept = self._kept.get((device.address, device.port, device.snmp))
        if kept:
            return kept.pop()
        return await self._open(device)

    def give_back(self, device: Device, session: Session) -> None:
        """Keep *session* for the next time."""
        self._kept.setdefault((device.address, device.port, device.snmp), []).append(session)

    def close(self) -> None:
        """Close all kept sockets."""
        self._forget()

    def _poll(self, device: Device) -> Poll:
        s = self.settings
        return Poll(
            where=f"{device.name} ({device.address})",
            bounds=Bounds(
                walk_seconds=s.walk_seconds, poll_seconds=s.poll_seconds, varbinds=s.varbinds, in_flight=s.in_flight, objects=s.objects
            ),
            take=lambda: self.take(device),
            give_back=lambda session: self.give_back(device, session),
        )

    async def _open(self, device: Device) -> Session:
        credential = self._credentials.get(device.snmp)
        where = f"{device.name} ({device.address})"
        to = endpoint(device.address, device.port)
        if isinstance(credential, SnmpCommunity):
            sock = SnmpV2cClientSocket(to, credential.community.reveal(), 0, 0, 0, 0)
            return Session(sock, where, self.settings.timeout, self.settings.retries)
        raise ConfigError(
            f"{device.name}: no SNMP credential profile {device.snmp!r}; give the device one of: {', '.join(self._credentials)}"
        )

    def _forget(self) -> None:
        for sessions in self._kept.values():
            for session in sessions:
                session.close()
        self._kept.clear()
        self._loop = asyncio.get_running_loop()
