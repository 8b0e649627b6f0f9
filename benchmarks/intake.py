"""Logs over UDP into the running daemon: a steady stream, a burst without mercy, and the processor that one message takes.

40 devices send lines of five kinds. Steady: 20,000 a second for 30 s, while
another process lists the events of a small window again and again; nothing
may be lost. Burst: as fast as one process can send; what was sent must be
stored, or counted as dropped by the kernel, by the queue or as above the
sender's rate. The books (``healthd doctor --accounting``) and the kernel's
own counters are the witnesses. rsyslog gets the same stream in the same run
and writes each line to a file; healthd also parses, classifies and indexes it.
"""

import itertools
import json
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from benchmarks._figure import Figure, cpu_of, progress
from benchmarks._house import House, house
from benchmarks._rsyslog import rsyslog

ORDER = 6
SENDERS, RATE, SECONDS = 40, 20_000, 30.0
BURST, HELD_TO = 400_000, 1000.0  # messages; messages a second of one sender that the burst's second half is held to
ANSWERED_S = 5.0
PATIENCE_S = 90.0
TICK_S = 0.005
KINDS = (
    "<189>{n}: *Mar  1 18:46:11.233: %LINEPROTO-5-UPDOWN: Line protocol on Interface GigabitEthernet1/0/{port}, changed state to down",
    "<187>{n}: .Nov 25 05:46:11.233 UTC: %LINK-3-UPDOWN: Interface GigabitEthernet1/0/{port}, changed state to up",
    "<189>{n}: Nov 25 05:46:11.233 UTC: %SYS-5-CONFIG_I: Configured from console by admin on vty0 (10.1.{port}.{n})",
    "<190>{n}: Nov 25 05:46:11.233: %SEC-6-IPACCESSLOGP: list 101 denied tcp 10.2.3.4({n}) -> 10.9.8.{port}(22), 1 packet",
    "<188>{n}: Nov 25 05:46:11.233: %SW_MATM-4-MACFLAP_NOTIF: Host 0011.2233.44{port:02x} in vlan 10 is flapping between port Gi1/0/1 and port Gi1/0/2",
)


@dataclass(slots=True)
class Asked:
    """How long another process waited for the list of a window's events; seconds."""

    took: list[float] = field(default_factory=list)


def figures(scale: float = 1.0) -> Iterator[Figure]:
    """Measure; *scale* below 1 sends for a shorter time."""
    seconds, burst = SECONDS * scale, int(BURST * scale)
    hosts = [f"d{n:02}: {{hostname: {_address(n)}, data: {{snmp: v2c}}}}" for n in range(SENDERS)]
    quiet = "sweep_s = 86400\nlog_s = 86400"
    with house(hosts, listen="rate = 1000000.0\nburst = 1000000.0", daemon=quiet) as daemon:
        yield from _steady(daemon, seconds)
        yield _burst(daemon, burst, "one process sends as fast as it can")
    with house(hosts, listen=f"rate = {HELD_TO}\nburst = {HELD_TO}\nqueue = 50000", daemon=quiet) as daemon:
        yield _burst(daemon, burst, f"the same, senders held to {HELD_TO:,.0f} a second, 50,000 in the queue")


def _address(number: int) -> str:
    return f"127.78.0.{number + 1}"


def _lines(number: int) -> list[bytes]:
    """Return *number* lines, each with a number of its own."""
    return [KINDS[n % len(KINDS)].format(n=n, port=n % 48 + 1).encode() for n in range(number)]


def _sockets() -> list[socket.socket]:
    made = []
    for n in range(SENDERS):
        made.append(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        made[-1].bind((_address(n), 0))
    return made


def _sent(port: int, lines: Sequence[bytes], rate: float) -> int:
    """Send *lines* from all senders in turn, *rate* a second (0: as fast as can be); return how many the kernel took."""
    to, begun, count = ("127.0.0.1", port), time.monotonic(), 0
    sockets = _sockets()
    for count, (line, sock) in enumerate(zip(lines, itertools.cycle(sockets)), 1):
        if rate and count % 50 == 0 and (ahead := count / rate - (time.monotonic() - begun)) > TICK_S:
            time.sleep(ahead)
        sock.sendto(line, to)
    for sock in sockets:
        sock.close()
    return count


def _steady(daemon: House, seconds: float) -> Iterator[Figure]:
    lines = _lines(int(RATE * seconds))
    before, asked, ended = _books(daemon), Asked(), threading.Event()
    asking = threading.Thread(target=_ask, args=(daemon, asked, ended))
    progress(f"{len(lines):,} log lines at {RATE:,} a second")
    cpu, begun = cpu_of(daemon.pid), time.monotonic()
    asking.start()
    sent = _sent(daemon.udp, lines, RATE)
    took = time.monotonic() - begun
    ended.set()
    behind = _settled(daemon)
    cpu = cpu_of(daemon.pid) - cpu
    asking.join()
    stored, _ = _since(before, _books(daemon))
    yield Figure(
        what=f"{sent:,} log lines at {sent / took:,.0f} a second from {SENDERS} senders, others reading: lost",
        ours=f"{sent - stored:,} lost, {stored:,} stored {behind:.0f} s behind the last",
        target="0 lost",
        met=stored == sent and sent / took > 0.97 * RATE,
    )
    most = max(asked.took, default=float("nan"))
    yield Figure(
        what="`healthd event list` of 10 s by another process meanwhile, slowest",
        ours=f"{most:.1f} s ({len(asked.took)} times)",
        target=f"< {ANSWERED_S:g} s",
        met=most < ANSWERED_S,
    )
    yield _against_rsyslog(lines[: len(lines) // 2], cpu / sent)


def _ask(daemon: House, asked: Asked, ended: threading.Event) -> None:
    while not ended.wait(2.0):
        begun = time.monotonic()
        since = f"{datetime.now(UTC) - timedelta(seconds=10):%Y-%m-%dT%H:%M:%S}+00:00"
        daemon.asked("event", "list", "--device", "d01", "--since", since, "--severity", "3", "--json")
        asked.took.append(time.monotonic() - begun)


def _against_rsyslog(lines: Sequence[bytes], ours: float) -> Figure:
    with rsyslog() as peer:
        progress(f"{len(lines):,} log lines into rsyslog")
        cpu = peer.cpu
        sent = _sent(peer.port, lines, RATE)
        end = time.monotonic() + PATIENCE_S
        while peer.kept() < sent and time.monotonic() < end:
            time.sleep(0.2)
        kept, cpu = peer.kept(), peer.cpu - cpu
    theirs = cpu / max(1, kept)
    return Figure(
        what="processor for one log line, against rsyslog writing it to a file",
        ours=f"{ours * 1e6:.0f} µs",
        peer=f"{theirs * 1e6:.1f} µs ({kept / sent:.1%} kept)",
        ratio=f"{ours / theirs:.1f} ×",
    )


def _burst(daemon: House, number: int, how: str) -> Figure:
    before = _books(daemon)
    progress(f"{number:,} log lines at once: {how}")
    begun = time.monotonic()
    sent = _sent(daemon.udp, _lines(number), 0)
    took = time.monotonic() - begun
    _settled(daemon)
    lost = _numbers(daemon)["lost"]
    daemon.stop()  # it books the last counts as it goes
    stored, dropped = _since(before, _books(daemon))
    told = f"{stored:,} stored + {dropped:,} dropped ({lost:,.0f} by the kernel)"
    return Figure(
        what=f"{sent:,} log lines at {sent / took:,.0f} a second, {how}: unaccounted for",
        ours=f"{sent - stored - dropped:,}: {told}",
        target="0",
        met=stored + dropped == sent,
    )


def _numbers(daemon: House) -> dict[str, float]:
    told = daemon.metrics()
    numbers = {name: told[f'healthd_listener_{name}_total{{listener="udp"}}'] for name in ("arrived", "handed_on", "suppressed", "lost")}
    return numbers | {"waiting": told["healthd_queue_messages"]}


def _settled(daemon: House) -> float:
    """Wait until nothing arrives any more, nothing waits, and the books are written (every 10 s); return when nothing waited any more, in s."""
    begun, still, last, behind = time.monotonic(), 0, -1.0, 0.0
    while still < 25 and time.monotonic() - begun < PATIENCE_S:
        time.sleep(0.5)
        now = _numbers(daemon)
        calm = now["arrived"] == last and not now["waiting"]
        still, last = still + 1 if calm else 0, now["arrived"]
        behind = behind if calm else time.monotonic() - begun
    return behind


def _books(daemon: House) -> dict[str, dict[str, int]]:
    rows = [json.loads(line) for line in daemon.asked("doctor", "--accounting", "--json").splitlines()]
    return {row["stage"]: row for row in rows}


def _since(before: dict[str, dict[str, int]], after: dict[str, dict[str, int]]) -> tuple[int, int]:
    """Return how many lines were stored and how many dropped, for whatever reason, between two looks at the books."""

    def grown(stage: str, begins: str) -> int:
        was = before.get(stage, {})
        return sum(number - was.get(key, 0) for key, number in after.get(stage, {}).items() if key.startswith(begins))

    return grown("syslog", "out"), sum(grown(stage, "dropped") for stage in ("listener udp", "queue", "syslog"))
