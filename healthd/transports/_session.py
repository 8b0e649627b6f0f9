"""One UDP socket to one SNMP agent, with one question in flight at a time.

gufo-snmp encodes, decodes and encrypts; this module does what it leaves out:
retries, patience with garbage, and an end to both. Sockets are connected, so
the kernel hands over datagrams of the asked address and port alone.
"""

import asyncio
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from gufo.snmp._fast import NoSuchInstance, SnmpAuthError, SnmpDecodeError, SnmpV2cClientSocket, SnmpV3ClientSocket

from healthd.errors import CollectError, NotUnderstood, Refused, TimedOut, Unreachable
from healthd.model.answer import Value

PATIENCE = 20  # datagrams that are no SNMP, within one question, before the agent is given up

Datagrams = SnmpV2cClientSocket | SnmpV3ClientSocket


def endpoint(address: str, port: int) -> str:
    """Return *address* and *port* as gufo wants them; raise Unreachable when *address* is no IP address."""
    try:
        ip = ip_address(address)
    except ValueError:
        raise Unreachable(f"{address}: not an IP address; give the device's IPv4 or IPv6 address in the inventory") from None
    return f"[{ip}]:{port}" if ip.version == 6 else f"{ip}:{port}"


class Session:
    """A kept socket. *asked* counts the datagrams sent, *garbage* those received that were not SNMP."""

    __slots__ = ("_fd", "_late", "_loop", "_receive", "_waiting", "asked", "garbage", "retries", "sock", "timeout", "where")

    def __init__(self, sock: Datagrams, where: str, timeout: float, retries: int) -> None:
        self.sock, self.where, self.timeout, self.retries = sock, where, timeout, retries
        self.asked = self.garbage = 0
        self._loop = asyncio.get_running_loop()
        self._waiting: asyncio.Future[Any] | None = None
        self._receive: Callable[[], Any] = sock.recv_get_many
        self._fd = sock.get_fd()
        self._loop.add_reader(self._fd, self._readable)

    def close(self) -> None:
        """Stop listening; the socket itself closes when the session is dropped."""
        if not self._loop.is_closed():
            self._loop.remove_reader(self._fd)

    async def get(self, oids: list[str]) -> dict[str, Value]:
        """Return the objects that the agent has among *oids*; all of one GET, none when the agent answered with an error."""
        return await self.exchange(lambda: self.sock.send_get_many(oids), self.sock.recv_get_many)

    async def objects(self, oids: list[str]) -> dict[str, Value]:
        """Like ``get``, and finds out what an answer without objects means: that there are none, or an error.

        tooBig and genErr (RFC 3416 §4.2.1) are gone around by asking for fewer objects.
        """
        found = await self.get(oids)
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
            Refused: the agent reported a mistake in user, keys or rights (SNMPv3).
            NotUnderstood: too much of what came is not SNMP.
        """
        self._receive, spoilt = receive, self.garbage
        for _ in range(1 + self.retries):
            self._waiting = waiting = self._loop.create_future()
            timer = self._loop.call_later(self.timeout, _give_up, waiting)
            try:
                self.asked += 1
                send()
                return await waiting
            except OSError as error:
                refused = error
            finally:
                timer.cancel()
                self._waiting = None
            if self.garbage - spoilt > PATIENCE:
                raise NotUnderstood(f"{self.where}: the answers are no SNMP; check what listens at that port")
            if not isinstance(refused, TimeoutError) or str(refused):
                await asyncio.sleep(min(0.05, self.timeout))
        raise self._silence(refused)

    def _silence(self, error: OSError) -> CollectError:
        if isinstance(error, TimeoutError) and not str(error):
            return TimedOut(
                f"{self.where}: no SNMP answer in {1 + self.retries} tries of {self.timeout:g} s; check the path, the agent and the credentials"
            )
        why = "nothing listens at that port" if isinstance(error, TimeoutError) else str(error)
        return Unreachable(f"{self.where}: {why}; check the address and that SNMP is switched on")

    def _readable(self) -> None:
        waiting = self._waiting
        try:
            value = self._receive()
        except BlockingIOError:
            return
        except (SnmpDecodeError, RuntimeError):
            self._spoilt()
        except SnmpAuthError as error:
            self._settle(waiting, Refused(f"{self.where}: {error}"))
        except (OSError, NoSuchInstance) as error:
            self._settle(waiting, error)
        except BaseException as error:  # gufo panics on some broken datagrams, and its panic is no Exception
            if isinstance(error, (KeyboardInterrupt, SystemExit)):
                raise
            self._spoilt()
        else:
            if waiting is not None and not waiting.done():
                waiting.set_result(value)

    def _spoilt(self) -> None:
        self.garbage += 1
        if self.garbage % PATIENCE == 0:
            self._settle(self._waiting, TimeoutError())

    @staticmethod
    def _settle(waiting: "asyncio.Future[Any] | None", error: Exception) -> None:
        if waiting is not None and not waiting.done():
            waiting.set_exception(error)


def _give_up(waiting: "asyncio.Future[Any]") -> None:
    if not waiting.done():
        waiting.set_exception(TimeoutError())
