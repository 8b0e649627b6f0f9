"""A session with SNMPv3: discovery, the time window, and answers that prove whom they are from."""

import math
from dataclasses import replace
from typing import Any

from gufo.snmp._fast import SnmpV3ClientSocket

from healthd.errors import CollectError, Refused
from healthd.transports import _usm
from healthd.transports._session import Denied, Line, OutOfWindow, Session

STALE = 100.0  # s without use after which engine time is asked anew; agents refuse at 150 s (RFC 3414 §3.2)


class Stale(Refused):
    """The agent has another engine ID than before: a new device, or a new configuration, at the old address."""


class UserSession(Session):
    """A socket with keys localised for the agent behind it."""

    senseless = "no SNMP, not signed by this agent, or"
    __slots__ = ("_engine", "_key", "_keys", "_level", "_opened")

    def __init__(self, line: Line, keys: _usm.Keys) -> None:
        super().__init__(SnmpV3ClientSocket(line.to, b"", "", 0, b"", 0, b"", 0, 0, 0, 0), line)
        self._keys, self._key, self._engine, self._level = keys, b"", b"", 0
        self._opened = math.inf

    async def open(self) -> None:
        """Discover the agent's engine (RFC 3414 §4), localise the keys, and learn its time."""
        await self._refresh()
        user = self._keys.user
        self._engine = self.sock.get_engine_id()  # type: ignore[union-attr]
        self._key = self._keys.local(self._engine)
        self._level = (1 if self._key else 0) | (2 if self._keys.private else 0)
        self.sock.set_keys(user.name, user.get_auth_alg(), user.get_auth_key(), user.get_priv_alg(), user.get_priv_key())  # type: ignore[union-attr]
        if self._level:
            await self._refresh()
        self._opened = self.used

    async def fresh(self) -> None:
        """Learn the agent's time anew when it was not heard for a while."""
        if self._level and self.loop.time() - self.used > STALE:
            await self._refresh()

    async def _refresh(self) -> Any:
        return await self.exchange(self.sock.send_refresh, self.sock.recv_refresh)  # type: ignore[union-attr]

    def accepts(self, datagram: bytes) -> bool:
        """Say whether *datagram* is from the agent: same engine, same level, right signature; or a report."""
        head = _usm.header(datagram)
        if head is None:
            return False
        if not self._engine:
            return True  # discovery: nothing is known yet, and nothing is believed but the engine ID
        if head.engine != self._engine:
            if head.report == _usm.UNKNOWN_ENGINE:
                self.settle(Stale(f"{self.where}: {_usm.CAUSES[_usm.UNKNOWN_ENGINE]}"))
            return False
        if head.flags & 1 and self._key:
            rightly = head.signature.stop - head.signature.start == self._keys.signature
            if not rightly or not _usm.signed(datagram, head.signature, self._key, self._keys.digest):
                return False
        # Reports come unsigned when the agent does not know our user or keys (RFC 3414 §3.2); they carry no values.
        return head.report != 0 or head.flags & 3 == self._level

    def refusal(self, datagram: bytes) -> Exception | None:
        """Return what a report says; gufo overlooks those that do not repeat the user's name, and needs to see only those of the clock."""
        head = _usm.header(datagram) if self._engine else None
        return self.reported(datagram) if head and head.report not in (0, _usm.NOT_IN_WINDOW) else None

    def reported(self, datagram: bytes) -> Exception:
        """Return what the agent's report means: a lost time window is asked again, all else is refused."""
        head = _usm.header(datagram)
        cause = head.report if head else 0
        who = f"{self.where}: user {self._keys.user.name!r}"
        if cause == 0:  # no report: a signed answer that says authorizationError
            return Denied(f"{who}: the agent denies access at this security level; allow the user's group to read at the profile's level")
        if cause == _usm.NOT_IN_WINDOW:
            return OutOfWindow()  # gufo has taken the time from the report; the next try fits
        return Refused(f"{who}: {_usm.CAUSES.get(cause, 'the agent reports an error of user security that RFC 3414 does not know')}")

    async def _failed(self, failure: OSError, garbage: int) -> CollectError:
        if isinstance(failure, OutOfWindow):
            return Refused(f"{self.where}: user {self._keys.user.name!r}: {_usm.CAUSES[_usm.NOT_IN_WINDOW]}")
        return await super()._failed(failure, garbage)

    async def _suspicion(self) -> str:
        # Whoever has answered a question before is known, and merely silent; and only an engine that still tells its name is there.
        if self._engine and self.used <= self._opened and await self._there():
            return "it is there, but does not answer this user: the privacy password or protocol may differ"
        return "check the path and the agent"

    async def _there(self) -> bool:
        """Ask anew who is there, once; that takes no user and no key."""
        other = UserSession(replace(self.line, retries=0), self._keys)
        try:
            await other._refresh()
        except CollectError:
            return False
        finally:
            other.close()
        return True
