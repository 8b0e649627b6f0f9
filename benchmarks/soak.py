"""A soak: the daemon with 200 devices of which a tenth is dead and a tenth hostile, for some minutes, as logs come in.

``healthd run`` sweeps every 60 s and judges after every sweep. 160 devices
are agents of ``agents.c`` (v2c and v3; firewalls, and a stack of switches
with 150 ports every eighth), 20 keep silent, 20 answer with garbage, cut and
endless answers and floods. Their memory, descriptors and threads are looked
at every two seconds; how late the event loop was is the daemon's own figure
(``/metrics``: 99th percentile of the newest five minutes).
"""

import random
import socket
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address
from pathlib import Path

from benchmarks import _agents
from benchmarks._figure import PAGE, Figure, cpu_of, progress
from benchmarks._hostile import hostile
from benchmarks._house import House, house

ORDER = 7
MINUTES = 3.0
DEVICES, DEAD, HOSTILE, SWITCHES = 200, 10, 10, 8  # percent dead and hostile; every eighth is a stack of switches
FIREWALLS, STACKS, BAD = 21171, 21172, 21173  # ports
LINES = 20  # log lines a second
GROWTH, LAG_S = 1.10, 0.050


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The daemon at one moment: resident *memory* in bytes, *files* and *threads* open, *lag* of the loop in seconds."""

    memory: int
    files: int
    threads: int
    lag: float


def figures(scale: float = 1.0, minutes: float = MINUTES) -> Iterator[Figure]:
    """Measure for *minutes*; the first quarter is warm-up."""
    minutes *= scale
    devices = [
        _agents.device(number, "v3" if number % 2 else "v2c", _port(number)) for number in range(max(10, int(DEVICES * min(1, scale))))
    ]
    bad = [device.address for device in devices if device.port == BAD]
    hosts = [f"{d.name}: {{hostname: {d.address}, data: {{snmp: {d.snmp}, snmp_port: {d.port}}}}}" for d in devices]
    firewall, stack = _agents.lab_table(_agents.FIREWALL), _agents.lab_table(_agents.SWITCH)
    with (
        _agents.agents(FIREWALLS, firewall, DEAD),
        _agents.agents(STACKS, stack, DEAD),
        hostile(bad, BAD),
        house(hosts, daemon="sweep_s = 60") as daemon,
    ):
        looks = _watched(daemon, 60 * minutes, _sender(daemon.udp, devices[0].address))
        cpu = cpu_of(daemon.pid) / (60 * minutes)
        heard = daemon.metrics()
    yield from _judged(looks, minutes, len(devices), cpu, heard)


def _port(number: int) -> int:
    at = (int(IPv4Address(_agents.FIRST)) + number) % 100
    if DEAD <= at < DEAD + HOSTILE:
        return BAD
    return STACKS if number % SWITCHES == 0 else FIREWALLS


def _sender(port: int, address: str) -> Callable[[], None]:
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind((address, 0))
    dice = random.Random(5)  # noqa: S311 - which port goes down

    def send() -> None:
        text = f"<187>: %LINEPROTO-5-UPDOWN: Line protocol on Interface GigabitEthernet1/0/{dice.randrange(1, 48)}, changed state to down"
        sock.sendto(text.encode(), ("127.0.0.1", port))

    return send


def _watched(daemon: House, seconds: float, send: Callable[[], None]) -> list[Look]:
    looks, begun, turn = list[Look](), time.monotonic(), 0
    while (passed := time.monotonic() - begun) < seconds:
        for _ in range(LINES):
            send()
        if turn % 2 == 0:
            looks.append(_look(daemon))
        if turn % 60 == 0:
            now = looks[-1]
            progress(
                f"soak, minute {passed / 60:.0f}: {_mib(now.memory)}, {now.files} files, {now.threads} threads, lag {now.lag * 1000:.0f} ms"
            )
        turn += 1
        time.sleep(1.0)
    return looks


def _look(daemon: House) -> Look:
    home = Path(f"/proc/{daemon.pid}")
    return Look(
        memory=int((home / "statm").read_text().split()[1]) * PAGE,
        files=len([*(home / "fd").iterdir()]),
        threads=len([*(home / "task").iterdir()]),
        lag=daemon.metrics()["healthd_loop_lag_seconds"],
    )


def _judged(looks: Sequence[Look], minutes: float, count: int, cpu: float, heard: dict[str, float]) -> Iterator[Figure]:
    rest = looks[len(looks) // 4 :]
    tenth = max(1, len(rest) // 10)
    first, last = rest[:tenth], rest[-tenth:]

    def middle(some: Sequence[Look], what: Callable[[Look], float]) -> float:
        return statistics.median(what(each) for each in some)

    title = f"soak of {minutes:g} minutes, {count} devices, {DEAD} % dead, {HOSTILE} % hostile"
    before, after = middle(first, lambda each: each.memory), middle(last, lambda each: each.memory)
    arrived = heard['healthd_listener_arrived_total{listener="udp"}']
    yield Figure(
        what=f"{title}: memory after warm-up and at the end",
        ours=f"{_mib(after)} ({cpu:.0%} of a core, {arrived:,.0f} log lines)",
        peer=_mib(before),
        ratio=f"{after / before:.2f} ×",
        target=f"≤ {GROWTH:.2f} ×",
        met=after <= before * GROWTH,
    )
    for name, what in (("descriptors", lambda each: each.files), ("threads", lambda each: each.threads)):
        before, after = middle(rest[: len(rest) // 2], what), middle(rest[len(rest) // 2 :], what)
        yield Figure(
            what=f"{name}, median of the second half and of the first",
            ours=f"{after:g}",
            peer=f"{before:g}",
            target="flat",
            met=after <= before,
        )
    lag = max(each.lag for each in rest)
    yield Figure(
        what="event loop's lag, 99th percentile, worst after warm-up",
        ours=f"{lag * 1000:.0f} ms",
        target=f"≤ {LAG_S * 1000:.0f} ms",
        met=lag <= LAG_S,
    )


def _mib(octets: float) -> str:
    return f"{octets / 2**20:,.0f} MiB"
