"""One UDP socket to one SNMP agent, with one question in flight at a time.

gufo-snmp encodes, decodes and encrypts; this module does what it leaves out:
retries, patience with garbage, and an end to both. Sockets are connected, so
the kernel hands over datagrams of the asked address and port alone.
"""

import asyncio
import socket
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from gufo.snmp._fast import NoSuchInstance, SnmpAuthError, SnmpV2cClientSocket, SnmpV3ClientSocket

from healthd.errors import CollectError, NotUnderstood, TimedOut, Unreachable
from healthd.model.answer import Value

LARGEST = 4080  # octets of gufo's buffer; a longer answer is cut and cannot be read
GRACE = 0.2  # s that a proper answer may still take after garbage came
PATIENCE = 20  # datagrams without sense that one question may bring

Sock = SnmpV2cClientSocket | SnmpV3ClientSocket


class Spoilt(NotUnderstood):
    """Answers came, and none was SNMP; fewer objects at once may help, as answers over ``LARGEST`` count as garbage."""


def endpoint(address: str, port: int) -> str:
    """Return *address* and *port* as gufo wants them; raise Unreachable when *address* is no IP address."""
    try:
        ip = ip_address(address)
    except ValueError:
        raise Unreachable(f"{address}: not an IP address; give the device's IPv4 or IPv6 address in the inventory") from None
    return f"[{ip}]:{port}" if ip.version == 6 else f"{ip}:{port}"


class Session:
    """A kept socket. *asked* counts the datagrams sent, *garbage* those received that were not SNMP."""

    __slots__ = ("_peek", "_receive", "_timer", "_waiting", "asked", "garbage", "loop", "retries", "sock", "timeout", "used", "where")

    def __init__(self, sock: Sock, where: str, timeout: float, retries: int) -> None:
        self.sock, self.where, self.timeout, self.retries = sock, where, timeout, retries
        self.asked = self.garbage = 0
        self.loop = asyncio.get_running_loop()
        self.used = self.loop.time()
        self._waiting: asyncio.Future[Any] | None = None
        self._receive: Callable[[], Any] = sock.recv_get_many
        self._timer: asyncio.TimerHandle | None = None
        # The same descriptor, to look at a datagram before gufo reads it; gufo owns and closes it.
        self._peek = socket.socket(fileno=sock.get_fd())
        self.loop.add_reader(self._peek.fileno(), self._readable)

    def close(self) -> None:
        """Stop listening; the socket itself closes when the session is dropped."""
        if self._peek.fileno() >= 0:
            if not self.loop.is_closed():
                self.loop.remove_reader(self._peek.fileno())
            self._peek.detach()

    def __del__(self) -> None:
        self._peek.detach()

    async def fresh(self) -> None:
        """Make a session that was not used for a while fit for use."""

    async def get(self, oids: list[str]) -> dict[str, Value]:
        """Return the objects that the agent has among *oids*, by one GET; none when it answered with an error."""
        found: dict[str, Value] = await self.exchange(lambda: self.sock.send_get_many(oids), self.sock.recv_get_many)
        return found

    async def objects(self, oids: list[str]) -> dict[str, Value]:
        """Like ``get``, and finds out what an answer without objects means: that there are none, or an error.

        tooBig and genErr (RFC 3416 §4.2.1) are gone around by asking for fewer objects.
        """
        try:
            found = await self.get(oids)
        except Spoilt:
            if len(oids) == 1:
                raise
        else:
            if found or len(oids) == 1 or await self._lacks(oids[0]):
                return found
        half = len(oids) // 2
        return await self.objects(oids[:half]) | await self.objects(oids[half:])

    async def _lacks(self, oid: str) -> bool:
        try:
            await self.exchange(lambda: self.sock.send_get(oid), self.sock.recv_get)
        except NoSuchInstance:
            return True
        return False

    async def exchange(self, send: Callable[[], None], receive: Callable[[], Any]) -> Any:
        """Send until something fitting is received, at most once and *retries* times more.

        Raises:
            TimedOut: nothing fitting came in time.
            Unreachable: the agent's host says that nobody listens.
            Spoilt: what came is not SNMP.
        """
        self._receive, garbage = receive, self.garbage
        failure: OSError = TimeoutError()
        for _ in range(1 + self.retries):
            self._waiting = waiting = self.loop.create_future()
            self._timer = self.loop.call_later(self.timeout, _give_up, waiting)
            try:
                self.asked += 1
                send()
                answer = await waiting
            except OSError as error:
                failure = error
            else:
                self.used = self.loop.time()
                return answer
            finally:
                self._timer.cancel()
                self._waiting = None
        raise self._failed(failure, self.garbage - garbage)

    def _failed(self, failure: OSError, garbage: int) -> CollectError:
        if garbage:
            return Spoilt(f"{self.where}: {garbage} answers that are no SNMP, or longer than {LARGEST} bytes; look at what listens there")
        if isinstance(failure, TimeoutError):
            tries = f"{1 + self.retries} tries of {self.timeout:g} s"
            return TimedOut(f"{self.where}: no SNMP answer in {tries}; {self._suspicion()}")
        why = "nothing listens at that port" if "refused" in str(failure) else str(failure)
        return Unreachable(f"{self.where}: {why}; check the address and that SNMP is switched on")

    def _suspicion(self) -> str:
        return "check the path, the agent and its community"

    def _readable(self) -> None:
        try:
            datagram = self._peek.recv(65_535, socket.MSG_PEEK)
        except BlockingIOError:
            return
        except OSError as error:  # an ICMP error: the kernel reports it once, here
            self.settle(error)
            return
        if len(datagram) > LARGEST or datagram[:1] != b"\x30" or not self.accepts(datagram):
            self._peek.recv(1)
            self._spoilt()
        else:
            self._decode(datagram)

    def accepts(self, datagram: bytes) -> bool:  # noqa: ARG002 - SNMPv3 looks at it
        """Say whether gufo may read *datagram*."""
        return True

    def reported(self, datagram: bytes) -> Exception:  # noqa: ARG002 - SNMPv3 looks at it
        """Return what the Report in *datagram* means; v2c knows no reports."""
        return TimeoutError()

    def _decode(self, datagram: bytes) -> None:
        try:
            value = self._receive()
        except BlockingIOError:
            return
        except SnmpAuthError:
            self.settle(self.reported(datagram))
        except (OSError, NoSuchInstance) as error:
            self.settle(error)
        except BaseException as error:  # gufo panics on some broken datagrams, and its panic is no Exception
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            self._spoilt()
        else:
            if self._waiting is not None and not self._waiting.done():
                self._waiting.set_result(value)

    def _spoilt(self) -> None:
        """Count garbage and wait a little longer: the true answer may come behind it."""
        self.garbage += 1
        waiting = self._waiting
        if waiting is None or waiting.done():
            return
        if self.garbage % PATIENCE == 0:
            self.settle(TimeoutError())
        elif self._timer is not None and self._timer.when() > (soon := self.loop.time() + GRACE):
            self._timer.cancel()
            self._timer = self.loop.call_at(soon, _give_up, waiting)

    def settle(self, error: Exception) -> None:
        """End the wait for an answer with *error*."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(error)


def _give_up(waiting: "asyncio.Future[Any]") -> None:
    if not waiting.done():
        waiting.set_exception(TimeoutError())
