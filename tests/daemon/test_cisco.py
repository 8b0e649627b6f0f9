"""The daemon's part for Cisco: it goes on when Cisco does not answer, and its list of codes is renewed once a day."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from healthd.caseclient.cisco.bonding import Bonding
from healthd.daemon.cisco import EXCHANGE, Cisco
from healthd.daemon.watch import Watch
from healthd.desk import desk
from healthd.escalation.codelist import Codes
from healthd.escalation.pushing import Exchanging
from tests.caseclient.servers import cisco_bonding
from tests.caseclient.servers.cisco_loopback import serving
from tests.escalation.house import NOW, Clock, exchanging, opened, settings, wish


@pytest.mark.usefixtures("sqlite_store")
def test_it_goes_on_when_cisco_does_not_answer(tmp_path: Path) -> None:
    cisco, clock = cisco_bonding.Bonding(faults=cisco_bonding.Faults(queue_down=1.0)), Clock()
    case = opened()
    wish(case, NOW)
    watch = Watch(now=clock)
    with exchanging(cisco, tmp_path, clock) as house:
        asyncio.run(lived(house, cisco, watch))
    assert desk.found(case.number).cisco
    assert list(cisco.requests.values()) == [case.number]


async def lived(house: Exchanging, cisco: cisco_bonding.Bonding, watch: Watch) -> None:
    (work,) = Cisco(exchanging=house, mirroring=None, pull_s=0.05, mirror_s=3600).parts(watch, Clock()).values()
    task = asyncio.create_task(work())
    await until(lambda: watch.parts.get(EXCHANGE) is not None and watch.parts[EXCHANGE].failing)
    cisco.faults.queue_down = 0.0
    await until(lambda: not watch.parts[EXCHANGE].failing and len(cisco.requests) == 1 and not cisco.queue)
    await asyncio.sleep(0.3)  # two turns more: what was taken is understood
    task.cancel()
    await asyncio.wait([task])


async def until(holds: Callable[[], bool]) -> None:
    for _ in range(400):
        if holds():
            return
        await asyncio.sleep(0.025)
    raise AssertionError("it did not come about within ten seconds")


def test_nothing_set_up_is_no_part() -> None:
    assert Cisco(exchanging=None, mirroring=None, pull_s=30, mirror_s=3600).parts(Watch(now=Clock()), Clock()) == {}


def test_the_list_of_codes_is_fetched_page_by_page_and_once_a_day(tmp_path: Path) -> None:
    cisco = cisco_bonding.Bonding()
    with serving(cisco) as url:
        bonding = Bonding(settings=settings(url))
        now = Clock()
        found = Codes(file=tmp_path / "codes.json", bonding=bonding, now=now)
        assert len(found()) == 12_000
        asked = cisco.counts["tokens"]
        now.at = Clock().at - timedelta(days=30)  # the file is young as the clock says
        assert len(found()) == 12_000
        assert cisco.counts["tokens"] == asked
    now.at += timedelta(days=100_000)
    assert len(found()) == 12_000  # Cisco does not answer: the old list is better than none
    assert Codes(file=tmp_path / "nothing.json", bonding=None, now=now)() == ()
