"""One UDP socket to one SNMP agent, with one question in flight at a time.

gufo-snmp encodes, decodes and encrypts; this module does what it leaves out:
retries, patience with garbage, and an end to both. Sockets are connected, so
the kernel hands over datagrams of the asked address and port alone.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from gufo.snmp._fast import NoSuchInstance, SnmpAuthError, SnmpEncodeError, SnmpV2cClientSocket, SnmpV3ClientSocket

from healthd.errors import CollectError, NotUnderstood, Refused, TimedOut, Unreachable
from healthd.model.answer import Value
from healthd.model.counted import counted
from healthd.transports import _gate

LARGEST = 4080  # octets of gufo's buffer; a longer answer is cut and cannot be read
GRACE = 0.2  # s that a proper answer may still take after garbage came
PATIENCE = 20  # datagrams without sense that one question may bring
SYS_UP_TIME = "1.3.6.1.2.1.1.3.0"

Sock = SnmpV2cClientSocket | SnmpV3ClientSocket


class Spoilt(NotUnderstood):
    """Answers came, and none was SNMP; fewer objects at once may help, as answers over ``LARGEST`` count as garbage."""


class Denied(Refused):
    """The agent answered authorizationError (RFC 3413 §3.2): who asks may not read that."""


class OutOfWindow(TimeoutError):
    """The agent's clock is not where it was taken to be; now it is known, and the same question fits."""


def endpoint(address: str, port: int) -> str:
    """Return *address* and *port* as gufo wants them; raise Unreachable when *address* is no IP address."""
    try:
        ip = ip_address(address)
    except ValueError:
        raise Unreachable(f"{address}: not an IP address; give the device's IPv4 or IPv6 address in the inventory") from None
    return f"[{ip}]:{port}" if ip.version == 6 else f"{ip}:{port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How an agent is reached: *to* (address and port), behind which *gate*, *where* in words, *timeout* s a try, *retries* after the first."""

    to: str
    where: str
    gate: _gate.Gate
    timeout: float
    retries: int


class Session:
    """A kept socket.

    *asked* counts the datagrams sent, *garbage* those received that were not
    SNMP, *stray* those that answer another question; *sound* says whether any
    made sense. *rows* is how many objects the agent is asked for at once, *bulk* whether it knows GETBULK:
    both are learned from what it fails to answer.
    """

    senseless = "no SNMP, or"
    __slots__ = (
        "_network", "_number", "_receive", "_timer", "_waiting",
        "asked", "bulk", "garbage", "line", "loop", "rows", "sock", "sound", "stray", "used", "where",
    )  # fmt: skip

    def __init__(self, sock: Sock, line: Line) -> None:
        self.sock, self.line, self.where = sock, line, line.where
        self.asked = self.garbage = self.stray = 0
        self.forget()
        self.sound = False
        self.loop = asyncio.get_running_loop()
        self.used = self.loop.time()
        self._waiting: asyncio.Future[Any] | None = None
        self._receive: Callable[[], Any] = sock.recv_get_many
        self._timer: asyncio.TimerHandle | None = None
        self._number = b""
        self._network = line.gate.take(sock)
        self.loop.add_reader(self._network.fileno(), self._readable)

    def close(self) -> None:
        """Close the socket."""
        if self._network.fileno() >= 0:
            if not self.loop.is_closed():
                self.loop.remove_reader(self._network.fileno())
            self._network.close()

    def forget(self) -> None:
        """Ask in long questions again."""
        self.rows, self.bulk = 50, True

    async def fresh(self) -> None:
        """Make a session that was not used for a while fit for use."""

    async def get(self, oids: list[str]) -> dict[str, Value]:
        """Return the objects that the agent has among *oids*, by one GET; none when it answered with an error."""
        found: dict[str, Value] = await self.exchange(lambda: self.sock.send_get_many(oids), self.sock.recv_get_many)
        return found

    async def objects(self, oids: list[str], failed: list[CollectError]) -> dict[str, Value]:
        """Like ``get``, and finds out what an answer without objects means: that there are none, or an error.

        tooBig, genErr (RFC 3416 §4.2.1) and authorizationError are gone around by
        asking for fewer objects; why single ones cannot be had goes to *failed*.
        """
        try:
            found = await self.get(oids)
        except (Spoilt, Denied) as error:
            if len(oids) == 1:
                if isinstance(error, Spoilt) and failed and not self.sound:
                    raise
                failed.append(error.with_traceback(None))
                return {}
        else:
            if found or len(oids) == 1 or await self._lacks(oids[0]):
                return found
        half = len(oids) // 2
        return await self.objects(oids[:half], failed) | await self.objects(oids[half:], failed)

    async def lives(self) -> bool:
        """Ask for one object, once: whether the agent answers at all."""
        try:
            await self._once(lambda: self.sock.send_get_many([SYS_UP_TIME]), self.sock.recv_get_many)
        except (OSError, CollectError, NoSuchInstance):
            return False
        return True

    async def _lacks(self, oid: str) -> bool:
        try:
            await self.exchange(lambda: self.sock.send_get(oid), self.sock.recv_get)
        except NoSuchInstance:
            return True
        except Denied:
            return False
        return False

    async def exchange(self, send: Callable[[], None], receive: Callable[[], Any]) -> Any:
        """Send until something fitting is received, at most once and *retries* times more.

        Raises:
            TimedOut: nothing fitting came in time.
            Unreachable: the agent's host says that nobody listens.
            Spoilt: what came is not SNMP.
            Refused, Denied: the agent answered that it will not.
        """
        garbage, failure, tries, clock_set = self.garbage, OSError(), 1 + self.line.retries, False
        while tries:
            try:
                return await self._once(send, receive)
            except OutOfWindow as error:
                # Learning the time is not a try that failed, but it is not to go on for ever either.
                tries -= clock_set
                failure, clock_set = error.with_traceback(None), True
            except OSError as error:
                tries -= 1
                # Its traceback would hold this frame, and the frame the socket, until somebody collects garbage.
                failure = error.with_traceback(None)
        raise await self._failed(failure, self.garbage - garbage)

    async def _once(self, send: Callable[[], None], receive: Callable[[], Any]) -> Any:
        self._receive = receive
        self._waiting = waiting = self.loop.create_future()
        self._timer = self.loop.call_later(self.line.timeout, _give_up, waiting)
        try:
            self.asked += 1
            self._send(send)
            answer = await waiting
        finally:
            self._timer.cancel()
            # What comes now comes too late; and a receiver may know this session, which would then never go.
            self._waiting, self._number, self._receive = None, b"", self.sock.recv_get_many
            del waiting  # it holds the error, which holds this frame
        self.used, self.sound = self.loop.time(), True
        return answer

    def _send(self, send: Callable[[], None]) -> None:
        try:
            send()
        except (SnmpEncodeError, ValueError) as error:  # an agent can show an OID that cannot be asked for again
            raise NotUnderstood(f"{self.where}: cannot be asked that: {error}") from error
        question = self.line.gate.sent()
        self._number = _gate.number(question)
        self._network.send(question)

    async def _failed(self, failure: OSError, garbage: int) -> CollectError:
        if garbage:
            return Spoilt(
                f"{self.where}: {garbage} answers that are {self.senseless} longer than {LARGEST} bytes; look at what listens there"
            )
        if isinstance(failure, TimeoutError):
            tries = f"{counted(1 + self.line.retries, 'try', 'tries')} of {self.line.timeout:g} s"
            return TimedOut(f"{self.where}: no SNMP answer in {tries}; {await self._suspicion()}")
        why = "nothing listens at that port" if isinstance(failure, ConnectionRefusedError) else failure.strerror or str(failure)
        return Unreachable(f"{self.where}: {why}; check the address and that SNMP is switched on")

    async def _suspicion(self) -> str:
        return "check the path, the agent and its community"

    def _readable(self) -> None:
        try:
            datagram = self._network.recv(_gate.LONGEST)
        except BlockingIOError:
            return
        except OSError as error:  # an ICMP error: the kernel reports it once, here
            self.settle(error)
            return
        try:
            number = _gate.number(datagram)
        except IndexError:
            self._spoilt()
            return
        if number != self._number:
            self.stray += 1  # late, repeated, or not for us: the true answer may still come
        elif len(datagram) > LARGEST or not self.accepts(datagram):
            self._spoilt()
        elif refusal := self.refusal(datagram):
            self.settle(refusal)
        else:
            self._decode(datagram)

    def refusal(self, datagram: bytes) -> Exception | None:  # noqa: ARG002 - SNMPv3 looks at it
        """Return what *datagram* says where it is a report that gufo need not see."""
        return None

    def accepts(self, datagram: bytes) -> bool:  # noqa: ARG002 - SNMPv3 looks at it
        """Say whether gufo may read *datagram*."""
        return True

    def reported(self, datagram: bytes) -> Exception:  # noqa: ARG002 - SNMPv3 looks at it
        """Return what it means that gufo calls the answer in *datagram* refused."""
        return Denied(f"{self.where}: the agent denies access (authorizationError); allow the community to read it, or correct the profile")

    def _decode(self, datagram: bytes) -> None:
        try:
            self.line.gate.hand(datagram)
            value = self._receive()
        except BlockingIOError:
            self.stray += 1
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
            self._waiting.set_exception(error.with_traceback(None))


def _give_up(waiting: "asyncio.Future[Any]") -> None:
    if not waiting.done():
        waiting.set_exception(TimeoutError())
