"""Two hundred devices behind a router that dies, through the real rounds, reachability, rules and plan, in any order of polling."""

import random
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from healthd.analysis.judge import judge
from healthd.caseclient.troubles import Network, Standing, picture
from healthd.model import timeline
from healthd.model.action import Action, Open, Propose
from healthd.model.availability import Span, Transition
from healthd.model.device import Device
from healthd.model.event import Event
from healthd.model.interval import Interval
from healthd.model.poll import Poll, Series
from healthd.rounds import Rounds
from tests.caseclient.stage import ACME, NOW, Client

ROUND = timedelta(minutes=5)
BATCHES = 3
LEAVES = tuple(f"sw{n:03}" for n in range(200))
DEVICES = (
    Device(name="other", customer="acme", address="192.0.2.1", role="core"),
    Device(name="router", customer="acme", address="192.0.2.2", role="edge"),
    *(Device(name=name, customer="acme", address="198.51.100.1", role="access", parents=("router",)) for name in LEAVES),
)
NAMES = [device.name for device in DEVICES]


class NoWire:
    """Nobody is asked over a wire here: polls are taken in as they were made elsewhere."""

    async def ask(self, device: Device, requests: object) -> object:
        raise AssertionError(device.name)

    async def sweep(self, device: Device, oids: object) -> object:
        raise AssertionError(device.name)


@dataclass
class Past:
    """What rounds have found, as rules read it."""

    window: Interval
    entered: dict[str, list[Transition]]
    polls: dict[str, Poll]
    devices: Sequence[Device] = DEVICES
    known: dict[str, Sequence[Span]] = field(default_factory=dict)

    def poll(self, device: str) -> Poll | None:
        return self.polls.get(device)

    def heard(self, device: str) -> datetime | None:
        return self.polls[device].at if device in self.polls else None

    told = heard

    def series(self, metric: str) -> Iterator[Series]:
        del metric
        return iter(())

    columns = missing = series

    def words(self, metric: str, device: str, item: str) -> frozenset[str]:
        del metric, device, item
        return frozenset()

    def spans(self, device: str) -> Sequence[Span]:
        if device not in self.known:
            self.known[device] = timeline.spans(self.entered[device], (), self.window)
        return self.known[device]

    def events(self, device: str, kinds: Collection[str] = ()) -> Sequence[Event]:
        del device, kinds
        return ()


@dataclass
class Watch:
    """A customer that is polled in batches, in an order of chance, and judged after each."""

    chance: random.Random
    devices: Sequence[Device] = DEVICES
    now: datetime = NOW
    dead: set[str] = field(default_factory=set)
    changed: datetime = NOW
    client: Client = field(init=False)
    rounds: Rounds = field(init=False)
    entered: dict[str, list[Transition]] = field(default_factory=lambda: defaultdict(list))
    polls: dict[str, Poll] = field(default_factory=dict)
    standing: dict[str, Standing] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.client = Client(customer=ACME, devices=self.devices)
        self.rounds = Rounds(customer=ACME, devices=self.devices, wire=NoWire())  # type: ignore[arg-type]

    async def go(self, number: int, *, kill: Collection[str] = (), mend: Collection[str] = ()) -> None:
        """Make *number* rounds; those to *kill* die, those to *mend* come back at a moment of chance inside the first."""
        turn = self.chance.randrange(BATCHES)
        for n in range(number):
            order = [device.name for device in self.devices]
            self.chance.shuffle(order)
            for batch in range(BATCHES):
                if n == 0 and batch == turn:
                    self.dead, self.changed = (self.dead | set(kill)) - set(mend), self.now
                await self._batch(order[batch::BATCHES])
                self.now += ROUND / BATCHES

    async def _batch(self, names: Sequence[str]) -> None:
        silent = self._silent()
        found = [Poll(device=name, at=self.now, up=name not in silent, reason="no answer" if name in silent else "") for name in names]
        await self.rounds.take_in(found)
        for change in self.rounds.taken().changes:
            self.entered[change.device].append(change)
        self.polls |= {poll.device: poll for poll in found if poll.up}
        self._judge([poll.device for poll in found if poll.up])

    def _silent(self) -> set[str]:
        """Return the dead, and all whose every parent is silent."""
        silent = set(self.dead)
        while more := {d.name for d in self.devices if d.parents and silent.issuperset(d.parents)} - silent:
            silent |= more
        return silent

    def _judge(self, heard: Collection[str]) -> None:
        past = Past(Interval(NOW - ROUND, self.now + timedelta(seconds=1)), self.entered, self.polls, self.devices)
        found = {each.key: each for each in judge(past, self.now)}
        kept = {key: each for key, each in self.standing.items() if key in found or each.finding.device not in heard}
        new = {key: Standing(finding=each, seen=kept[key].seen if key in kept else self.now) for key, each in found.items()}
        self.standing = kept | new
        minutes = (self.now - NOW) / timedelta(minutes=1)
        self.client.do(picture(self.standing.values(), Network(devices=self.devices)), minutes, heard)

    def since(self, actions: Sequence[Action]) -> list[Action]:
        """Return what was asked for after *actions*."""
        return self.client.actions[len(actions) :]


@pytest.mark.parametrize("seed", range(50))
async def test_two_hundred_devices_behind_a_dead_router_are_one_case_and_one_notification(seed: int) -> None:
    watch = Watch(random.Random(seed))
    await watch.go(1)
    await watch.go(4, kill=["router"])
    (action,) = watch.client.actions
    assert isinstance(action, Open)
    assert action.opening.device == "router"
    assert action.opening.impact == ("router", *LEAVES)
    told = tuple(watch.client.actions)
    await watch.go(4, mend=["router"])
    (proposed,) = watch.since(told)
    assert isinstance(proposed, Propose), "of the children nobody hears anything, not even that they are back"


@pytest.mark.parametrize("seed", range(10))
async def test_what_stays_dead_alone_after_the_router_s_return_is_a_case_within_two_polls(seed: int) -> None:
    watch = Watch(random.Random(seed), devices=DEVICES[:12])
    await watch.go(1)
    await watch.go(5, kill=["router", "sw003"])
    assert [a.opening.device for a in watch.client.opened] == ["router"]
    await watch.go(1, mend=["router"])
    if watch.polls["router"].at < watch.changed:
        await watch.go(1)
    await watch.go(2)
    assert [a.opening.device for a in watch.client.opened] == ["router", "sw003"]
    assert all(isinstance(a, Open | Propose) for a in watch.client.actions)


@pytest.mark.parametrize("seed", range(10))
async def test_when_everything_falls_silent_our_own_way_out_is_lost_and_nobody_has_a_case(seed: int) -> None:
    watch = Watch(random.Random(seed), devices=DEVICES[:12])
    await watch.go(1)
    await watch.go(6, kill=["router", "other"])
    await watch.go(3, mend=["router", "other"])
    assert watch.client.actions == []


@pytest.mark.parametrize("seed", range(10))
async def test_who_has_another_way_is_reached_over_it_and_only_the_dead_parent_is_a_case(seed: int) -> None:
    two = tuple(
        Device(name=d.name, customer="acme", address=d.address, parents=("router", "other") if d.parents else ()) for d in DEVICES[:12]
    )
    watch = Watch(random.Random(seed), devices=two)
    await watch.go(1)
    await watch.go(5, kill=["router"])
    assert [a.opening.impact for a in watch.client.opened] == [("router",)]


async def test_parents_that_name_each_other_in_a_circle_are_judged_by_what_stands_around_them() -> None:
    ring = (
        *DEVICES[:2],
        Device(name="a", customer="acme", address="192.0.2.3", parents=("b", "router")),
        Device(name="b", customer="acme", address="192.0.2.4", parents=("a",)),
    )
    watch = Watch(random.Random(1), devices=ring)
    await watch.go(1)
    await watch.go(5, kill=["router", "a", "b"])
    assert [a.opening.device for a in watch.client.opened] == ["router"]
