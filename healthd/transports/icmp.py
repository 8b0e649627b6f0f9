"""Pinging many addresses at once: by one raw socket where we may have one, else by fping, else by TCP.

A raw socket needs CAP_NET_RAW. Its kernel filter lets only echo replies
through; a reply counts when identifier, sequence number, token and sender are
those of a request. Without the capability Debian's fping, which has it, does
the same; without fping a TCP connection (accepted or refused: both are
answers) to ports that network devices have says whether somebody is there.
Which way was taken is part of every echo.

Sources: RFC 792, RFC 4443.
"""

import asyncio
import contextlib
import errno
import ipaddress
import os
import re
import shutil
import socket
import struct
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from healthd.model.setting import bound, check, chosen

ICMP_FILTER = 1
ICMP6_FILTER = 1
_HEADER = struct.Struct("!BBHHH")
_TCP_PORTS = (22, 23, 161)
_BURST = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Table ``[icmp]``. *way* is auto, raw, fping, tcp or off; times in seconds."""

    way: str = chosen("auto", "auto", "raw", "fping", "tcp", "off")
    count: int = bound(3, least=1, most=20)
    timeout: float = bound(2.0, above=0, most=60)
    interval: float = bound(0.5, above=0, most=60)

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """What came back from one address: the quickest round trip in ms (None: nothing), the loss in percent, and by which way."""

    rtt_ms: float | None
    loss_pct: float
    by: str


def way(settings: Settings) -> str:
    """Return the way that is open to us: raw, fping or tcp."""
    if settings.way != "auto":
        return settings.way
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP):
        return "raw"
    return "fping" if shutil.which("fping") else "tcp"


async def ping(addresses: Sequence[str], settings: Settings = Settings()) -> Mapping[str, Echo]:
    """Ping every one of *addresses* and return their echoes; names are not resolved, only addresses count."""
    wanted = [address for address in dict.fromkeys(addresses) if _is_address(address)]
    match way(settings):
        case "off":
            return {}
        case "raw":
            found = await _raw(wanted, settings)
        case "fping":
            found = await _fping(wanted, settings)
        case _:
            found = await _tcp(wanted, settings)
    return found


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


@dataclass(slots=True)
class _Round:
    """Requests under way over one raw socket; *sent* is (address, sequence) to the time it left."""

    sock: socket.socket
    v6: bool
    ident: int
    token: bytes
    sent: dict[tuple[str, int], float] = field(default_factory=dict)
    back: dict[str, list[float]] = field(default_factory=dict)

    def send(self, address: str, sequence: int) -> None:
        packet = _HEADER.pack(128 if self.v6 else 8, 0, 0, self.ident, sequence) + self.token
        if not self.v6:
            # The kernel computes the checksum of ICMPv6 itself, that of ICMP is ours.
            packet = _HEADER.pack(8, 0, _checksum(packet), self.ident, sequence) + self.token
        self.sent[address, sequence] = time.monotonic()
        # No route, a full queue: a request that could not leave is one that was lost.
        with contextlib.suppress(OSError):
            self.sock.sendto(packet, (address, 0))

    def drain(self) -> None:
        while True:
            try:
                data, sender = self.sock.recvfrom(2048)
            except OSError as error:
                if error.errno in (errno.EAGAIN, errno.EWOULDBLOCK):
                    return
                continue
            self._take(data if self.v6 else data[(data[0] & 0x0F) * 4 :], sender[0].split("%")[0])

    def _take(self, data: bytes, address: str) -> None:
        if len(data) < _HEADER.size:
            return
        kind, _, _, ident, sequence = _HEADER.unpack_from(data)
        left = self.sent.get((address, sequence))
        if (kind, ident) == (129 if self.v6 else 0, self.ident) and data[_HEADER.size :] == self.token and left is not None:
            del self.sent[address, sequence]
            self.back.setdefault(address, []).append((time.monotonic() - left) * 1000)


async def _raw(addresses: Sequence[str], settings: Settings) -> dict[str, Echo]:
    found: dict[str, Echo] = {}
    for v6 in (False, True):
        group = [address for address in addresses if (":" in address) is v6]
        if group:
            found |= await _raw_family(group, settings, v6=v6)
    return found


async def _raw_family(addresses: Sequence[str], settings: Settings, *, v6: bool) -> dict[str, Echo]:
    family, protocol = (socket.AF_INET6, socket.IPPROTO_ICMPV6) if v6 else (socket.AF_INET, socket.IPPROTO_ICMP)
    loop = asyncio.get_running_loop()
    with socket.socket(family, socket.SOCK_RAW, protocol) as sock:
        sock.setblocking(False)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * 1024 * 1024)
        _only_replies(sock, v6=v6)
        current = _Round(sock, v6, int.from_bytes(os.urandom(2), "big"), os.urandom(16))
        loop.add_reader(sock.fileno(), current.drain)
        try:
            await _rounds(current, addresses, settings)
        finally:
            loop.remove_reader(sock.fileno())
    return {address: _echo(current.back.get(address, []), settings.count, "icmp") for address in addresses}


async def _rounds(current: _Round, addresses: Sequence[str], settings: Settings) -> None:
    for sequence in range(settings.count):
        began = time.monotonic()
        for number, address in enumerate(addresses, 1):
            current.send(address, sequence)
            if number % _BURST == 0:
                await asyncio.sleep(0)  # let the replies in before the buffer is full of them
        if sequence < settings.count - 1:
            await asyncio.sleep(max(0.0, settings.interval - (time.monotonic() - began)))
    deadline = time.monotonic() + settings.timeout
    while current.sent and time.monotonic() < deadline:  # noqa: ASYNC110 - replies come in by a plain callback
        await asyncio.sleep(min(0.02, settings.timeout))


def _only_replies(sock: socket.socket, *, v6: bool) -> None:
    """Have the kernel drop everything but echo replies: with 20,000 targets their own requests would fill the buffer."""
    if v6:
        allowed = bytearray(b"\xff" * 32)
        allowed[129 // 32 * 4 : 129 // 32 * 4 + 4] = struct.pack("=I", 0xFFFFFFFF & ~(1 << (129 % 32)))
        sock.setsockopt(socket.IPPROTO_ICMPV6, ICMP6_FILTER, bytes(allowed))
    else:
        sock.setsockopt(socket.SOL_RAW if hasattr(socket, "SOL_RAW") else 255, ICMP_FILTER, struct.pack("=I", 0xFFFFFFFF & ~1))


def _checksum(data: bytes) -> int:
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


def _echo(times: Sequence[float], count: int, by: str) -> Echo:
    return Echo(rtt_ms=min(times, default=None), loss_pct=100.0 * (count - min(len(times), count)) / count, by=by)


_FPING = re.compile(r"^(\S+)\s*: (.+)$")


async def _fping(addresses: Sequence[str], settings: Settings) -> dict[str, Echo]:
    """Ask fping: it reads addresses from its standard input and prints per address a time or ``-`` for each request."""
    if not addresses:
        return {}
    options = [
        "-C",
        str(settings.count),
        "-q",
        "-t",
        str(int(settings.timeout * 1000)),
        "-p",
        str(max(10, int(settings.interval * 1000))),
        "-r",
        "0",
    ]
    started = await asyncio.create_subprocess_exec(
        "fping", *options, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    budget = settings.count * settings.interval + settings.timeout + len(addresses) * 0.03 + 5
    try:
        _, said = await asyncio.wait_for(started.communicate("\n".join(addresses).encode()), budget)
    except TimeoutError:
        started.kill()
        await started.wait()
        said = b""
    times = {
        found[1]: [float(t) for t in found[2].split() if t != "-"]
        for line in said.decode("ascii", "replace").splitlines()
        if (found := _FPING.match(line)) and re.fullmatch(r"[\d.\s-]+", found[2])
    }
    return {address: _echo(times.get(address, []), settings.count, "fping") for address in addresses}


async def _tcp(addresses: Sequence[str], settings: Settings) -> dict[str, Echo]:
    room = asyncio.Semaphore(500)

    async def one(address: str) -> Echo:
        async with room:
            tries = await asyncio.gather(*(_knock(address, port, settings.timeout) for port in _TCP_PORTS))
        times = [each for each in tries if each is not None]
        return Echo(rtt_ms=min(times, default=None), loss_pct=0.0 if times else 100.0, by="tcp")

    return dict(zip(addresses, await asyncio.gather(*(one(address) for address in addresses)), strict=True))


async def _knock(address: str, port: int, timeout: float) -> float | None:  # noqa: ASYNC109 - a bound on this one try
    began = time.monotonic()
    try:
        _, writer = await asyncio.wait_for(asyncio.open_connection(address, port), timeout)
        writer.close()
    except ConnectionRefusedError:
        pass  # "no" is an answer too
    except (OSError, TimeoutError):
        return None
    return (time.monotonic() - began) * 1000
