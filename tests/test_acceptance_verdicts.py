"""Recorded devices served over sockets: those that are well give no hardware verdict, and one state that is flipped gives one."""

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from healthd import cycle
from healthd.analysis.judge import judge
from healthd.analysis.recorded import Recorded
from healthd.analysis.verdicts import verdicts
from healthd.model.credential import SnmpCommunity
from healthd.model.device import Device
from healthd.model.finding import Condition
from healthd.model.interval import Interval
from healthd.model.poll import Poll
from healthd.model.secret import Secret
from healthd.transports import snmp
from tests.analysis.test_verdicts_published import flips, named
from tests.test_acceptance_walks import Served, served

pytestmark = [pytest.mark.corpus, pytest.mark.slow]
NOW = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
HARDWARE = {Condition.FAILED, Condition.SUSPECT}


class Watched:
    """The served devices, polled again and again, with all that was heard of them."""

    def __init__(self, there: Served) -> None:
        hosts = yaml.safe_load((there.inventory / "hosts.yaml").read_text())
        self.there, self.polls = there, list[Poll]()
        self.devices = [
            Device(name=name, customer="c", address=host["hostname"], port=host.get("port", 161), snmp="walks", site=name)
            for name, host in hosts.items()
        ]

    def poll(self, minutes: float, only: Sequence[str] = ()) -> None:
        asyncio.run(self._poll(NOW + timedelta(minutes=minutes), only))

    async def _poll(self, at: datetime, only: Sequence[str]) -> None:
        wire = snmp.Snmp({"walks": SnmpCommunity(community=Secret("public"))}, snmp.Settings())
        gate = asyncio.Semaphore(10)

        async def one(device: Device) -> Poll:
            async with gate:
                return await cycle.poll(device, wire, at)

        self.polls += await asyncio.gather(*(one(d) for d in self.devices if not only or d.name in only))
        wire.close()

    def ill(self, minutes: float, known: Sequence[str] = ()) -> dict[str, list[tuple[str, Condition]]]:
        """Return by device what is called suspect or failed at that time, and what of the findings *known* is well again."""
        at = NOW + timedelta(minutes=minutes)
        past = Recorded(self.devices, self.polls, Interval(at - timedelta(hours=1), at))
        found: dict[str, list[tuple[str, Condition]]] = {}
        for verdict in verdicts(judge(past, at), past, dict.fromkeys(known, ()), at):
            if verdict.state in HARDWARE or verdict.finding in known:
                found.setdefault(verdict.device, []).append((verdict.finding, verdict.state))
        return found

    def flip(self, those: dict[str, dict[str, object]]) -> None:
        fresh = self.there.overrides.with_suffix(".new")
        fresh.write_text(json.dumps(those))
        fresh.replace(self.there.overrides)


def test_flipping_one_state_in_each_walk_gives_one_verdict_each_over_three_polls_and_none_after(tmp_path: Path) -> None:
    with served(tmp_path) as there:
        net = Watched(there)
        net.poll(0)
        assert len(net.polls) >= 95
        usual = net.ill(0)
        assert set(usual) <= named()
        chosen = {d.name: readings[len(readings) // 2] for d in net.devices if d.name not in named() and (readings := list(flips(d.name)))}
        net.flip({name: {reading.oid: ["2", bad]} for name, (reading, bad) in chosen.items()})
        seen = []
        for minutes in (5, 10, 15):
            net.poll(minutes)
            seen.append({name: told for name, told in net.ill(minutes).items() if name not in usual})
        assert set(seen[0]) == set(chosen)
        assert all(len(told) == 1 for told in seen[0].values()), seen[0]
        assert seen[0] == seen[1] == seen[2]
        net.flip({})
        net.poll(20)
        keys = [key for told in seen[0].values() for key, _ in told]
        after = {name: told for name, told in net.ill(20, keys).items() if name not in usual}
        assert after == {name: [(told[0][0], Condition.HEALTHY)] for name, told in seen[0].items()}
        print(f"{len(net.devices)} walks served, {len(chosen)} states flipped")
