"""Pings tell who is there, how much was lost, and which way they took. Their network is one the test makes."""

import asyncio
import json
import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator

import pytest

from healthd.transports.icmp import Settings, ping, way

QUICK = Settings(count=3, timeout=0.5, interval=0.05)
ROOT = os.geteuid() == 0


async def test_loopback_answers_whichever_way_is_open() -> None:
    found = await ping(["127.0.0.1", "127.9.8.7"], QUICK)
    assert all(echo.rtt_ms is not None and echo.loss_pct == 0 for echo in found.values())
    assert {echo.by for echo in found.values()} == {{"raw": "icmp"}.get(way(QUICK), way(QUICK))}


@pytest.mark.parametrize("chosen", ["fping", "tcp"])
async def test_the_other_ways_find_the_same(chosen: str) -> None:
    found = await ping(["127.0.0.1"], Settings(way=chosen, count=2, timeout=0.5, interval=0.05))
    assert found["127.0.0.1"].rtt_ms is not None
    assert found["127.0.0.1"].by == chosen


async def test_what_is_no_address_is_not_asked() -> None:
    assert await ping(["localhost; reboot", "-h", ""], QUICK) == {}


async def test_off_means_off() -> None:
    assert await ping(["127.0.0.1"], Settings(way="off")) == {}


@pytest.mark.skipif(not ROOT, reason="a raw socket needs root")
async def test_many_addresses_are_pinged_in_little_time() -> None:
    addresses = [f"127.77.{n // 250}.{n % 250 + 1}" for n in range(3000)]
    began = asyncio.get_running_loop().time()
    found = await ping(addresses, Settings(way="raw", count=1, timeout=2))
    assert sum(echo.rtt_ms is not None for echo in found.values()) == 3000
    assert asyncio.get_running_loop().time() - began < 5


@pytest.fixture
def network() -> Iterator[str]:
    """Two namespaces joined by a cable: 10.99.0.1 here, 10.99.0.2 and fd99::2 there; what goes to .3 finds nobody."""
    if not ROOT:
        pytest.skip("a network namespace needs root")
    here, there = f"hd-a-{os.getpid()}", f"hd-b-{os.getpid()}"
    commands = f"""
        ip netns add {here}
        ip netns add {there}
        ip -n {here} link add veth0 type veth peer name veth1 netns {there}
        ip -n {here} addr add 10.99.0.1/24 dev veth0
        ip -n {here} addr add fd99::1/64 dev veth0 nodad
        ip -n {there} addr add 10.99.0.2/24 dev veth1
        ip -n {there} addr add 10.99.0.4/24 dev veth1
        ip -n {there} addr add fd99::2/64 dev veth1 nodad
        ip -n {here} link set veth0 up
        ip -n {there} link set veth1 up
        ip -n {here} link set lo up
    """
    try:
        for command in textwrap.dedent(commands).strip().splitlines():
            done = subprocess.run(command.split(), capture_output=True, text=True, check=False)
            if done.returncode:
                pytest.skip(f"no network namespaces here: {command}: {done.stderr.strip()}")
        settled(here, there)
        yield here
    finally:
        for name in (here, there):
            subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)


def settled(*namespaces: str) -> None:
    """Wait until duplicate address detection has let the link-local addresses through: neighbour discovery needs them."""
    for _ in range(50):
        shown = [
            subprocess.run(["ip", "-n", name, "-6", "addr", "show", "tentative"], capture_output=True, text=True, check=False).stdout
            for name in namespaces
        ]
        if not any(shown):
            return
        time.sleep(0.1)


def inside(namespace: str, addresses: list[str], count: int = 3) -> dict[str, tuple[float | None, float]]:
    """Ping from inside *namespace*, in a process of its own."""
    code = (
        "import asyncio, json, sys; from healthd.transports.icmp import ping, Settings; "
        f"found = asyncio.run(ping(json.loads(sys.argv[1]), Settings(way='raw', count={count}, timeout=0.7, interval=0.02))); "
        "print(json.dumps({a: (e.rtt_ms, e.loss_pct) for a, e in found.items()}))"
    )
    done = subprocess.run(
        ["ip", "netns", "exec", namespace, sys.executable, "-c", code, json.dumps(addresses)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return {address: (rtt, loss) for address, (rtt, loss) in json.loads(done.stdout).items()}


def test_across_a_cable_the_living_answer_and_the_dead_do_not(network: str) -> None:
    found = inside(network, ["10.99.0.2", "10.99.0.3", "fd99::2", "fd99::3", "203.0.113.9"])
    assert found["10.99.0.2"][1] == found["fd99::2"][1] == 0
    assert [found[a] for a in ("10.99.0.3", "fd99::3", "203.0.113.9")] == [(None, 100.0)] * 3


def test_loss_is_measured(network: str) -> None:
    there = network.replace("hd-a", "hd-b")
    rules = """
        table inet t {
            chain c {
                type filter hook input priority 0
                ip daddr 10.99.0.4 icmp type echo-request numgen inc mod 2 0 drop
            }
        }
    """
    done = subprocess.run(["ip", "netns", "exec", there, "nft", "-f", "-"], input=rules, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no packet filter here: {done.stderr.strip()}")
    found = inside(network, ["10.99.0.4", "10.99.0.2"], count=10)
    assert found["10.99.0.4"][1] == 50.0
    assert found["10.99.0.2"][1] == 0.0
