"""Fetching the second proof: after judging, the parts whose verdict lacks one are looked at, and judged again.

A part is looked at once when its trouble is first seen, again when its verdict
has changed, and while a proof is still missing after a while, later and
later. The more often it was looked at within a day, the longer the next look
waits: what comes and goes gives some dozen looks a day, not hundreds. One look at a time goes to a device, a few at once in all, beside the
sweeps and never before them.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from healthd import proving
from healthd.cycle import Wire
from healthd.daemon.watch import Watch
from healthd.daemon.writer import Writer
from healthd.model.device import Device
from healthd.model.finding import Condition
from healthd.model.verdict import Looked, Proven, Verdict, Way
from healthd.store import findings, polls, proofs
from healthd.transports.scrub import Scrub

log = logging.getLogger("healthd.proving")
WIDTH, MOST = 3, 12
"""Looks at once, and devices in one turn: where a whole site has a trouble, the graver verdicts do not wait for all others."""
SOON = timedelta(minutes=1)
FREELY = 3
"""So many looks within a day may follow each other soon; after each further one the wait is doubled."""
AGAIN = timedelta(minutes=15)
"""While something is missing: after a quarter of an hour, then each time after half of the time that it has lasted."""
_GRAVE = (Condition.FAILED, Condition.SUSPECT, Condition.ABSENT, Condition.UNPOWERED)
WORTH = frozenset(_GRAVE)
"""Verdicts about which the command line may know more."""


def is_due(verdict: Verdict, looked: Looked | None, now: datetime) -> bool:
    """Say whether the part of *verdict* is to be looked at, after what was *looked* at before."""
    if verdict.state not in WORTH or not verdict.asks or not verdict.finding:
        return False
    if looked is None:
        return True
    gone = now - looked.at
    if gone < _pace(looked, now):
        return False
    if (verdict.since and looked.at < verdict.since) or (looked.state is not None and looked.state is not verdict.state):
        return True
    lasted = now - (verdict.since or looked.at)
    return bool(verdict.missing) and gone >= max(AGAIN, lasted / 2)


def _pace(looked: Looked, now: datetime) -> timedelta:
    """Return how long nothing is looked at again, whatever has changed."""
    often = sum(now - at < proofs.DAY for at in looked.looks)
    return min(SOON * 2 ** max(0, often - FREELY), proofs.DAY)


@dataclass(kw_only=True)
class Proving:
    """The looks at one customer's parts. *again* judges the customer anew, *poll* asks devices everything soon."""

    code: str
    devices: Sequence[Device]
    wire: Wire
    writer: Writer
    watch: Watch
    now: Callable[[], datetime]
    again: Callable[[], Awaitable[None]]
    poll: Callable[[Collection[str]], None]
    scrub: Scrub = field(default_factory=Scrub)
    _doubtful: Sequence[Verdict] = ()
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    def doubt(self, verdicts: Sequence[Verdict]) -> None:
        """Take in the newest verdicts; whether any of them is to be looked at is found out later."""
        able = {device.name for device in self.devices if device.ssh and device.in_service}
        self._doubtful = tuple(each for each in verdicts if each.device in able and each.state in WORTH)
        if self._doubtful:
            self._wake.set()

    async def work(self) -> None:
        """Look for ever."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            await self.turn()

    async def turn(self) -> None:
        """Look at what is due, keep what is proven, and judge again if anything is."""
        verdicts, now = self._doubtful, self.now()
        standing, looked = await asyncio.to_thread(self._known, verdicts, now)
        wanted = [each for each in verdicts if each.finding in standing and is_due(each, looked.get(each.finding), now)]
        due: dict[str, list[Verdict]] = {}
        for each in sorted(wanted, key=lambda v: _GRAVE.index(v.state)):
            if each.device in due or len(due) < MOST:
                due.setdefault(each.device, []).append(each)
        if due:
            platforms = await asyncio.to_thread(self._platforms, sorted(due))
            gate = asyncio.Semaphore(WIDTH)
            await asyncio.gather(*(self._device(name, those, platforms, gate) for name, those in due.items()))
            # The state is looked at again, too: a fault that is gone within a minute is none.
            self.poll(due)
            await self.again()
        self.watch.turned(f"{self.code} proving")

    def _known(self, verdicts: Sequence[Verdict], now: datetime) -> tuple[frozenset[str], Mapping[str, Looked]]:
        """Return the keys of the findings that stand, and what was looked at before."""
        standing = frozenset(kept.finding.key for kept in findings.standing(self.code, now))
        return standing, proofs.known(self.code, [each.finding for each in verdicts])

    def _platforms(self, names: Sequence[str]) -> Mapping[str, str]:
        newest = polls.newest_of(self.code, names)
        return {name: poll.system.platform for name, poll in newest.items() if poll.system}

    async def _device(self, name: str, those: Sequence[Verdict], platforms: Mapping[str, str], gate: asyncio.Semaphore) -> None:
        device = next(each for each in self.devices if each.name == name)
        known = replace(device, platform=platforms.get(name) or device.platform)
        for verdict in those:
            async with gate:
                await self._look(known, verdict)

    async def _look(self, device: Device, verdict: Verdict) -> None:
        now = self.now()
        try:
            found = await proving.prove(device, self.wire, verdict, now, self.scrub)
        except Exception as error:  # noqa: BLE001 - the boundary around one look: a strange answer must not keep the other parts from being looked at
            self.watch.failed(f"{self.code} proving", error)
            found = Proven()
        log.info("%s: looked at %s %s: %d proofs", device.name, verdict.component, verdict.item, len(found.proofs))
        # What the log told is remembered with it: the lines leave the window long before the fault is mended.
        told = tuple(each for each in (*verdict.proofs, *verdict.against) if each.way is Way.EVENT)
        seen = tuple(replace(each, serial=each.serial or verdict.serial) for each in (*told, *found.proofs))
        whole = Proven(proofs=seen, files=found.files)
        await self.writer.do(proofs.keep, self.code, verdict.finding, whole, now, verdict.state)
