"""Findings that stand, a customer with devices, and a client that remembers: what plans are tried on."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from healthd.caseclient.opening import Known
from healthd.caseclient.plan import Planned, plan
from healthd.caseclient.troubles import Network, Picture, Standing, picture
from healthd.model.action import Action, Open
from healthd.model.device import Contract, Customer, Device
from healthd.model.finding import Condition, Finding, Level
from healthd.model.followed import Followed
from healthd.model.phrase import say
from healthd.model.policy import Policy
from healthd.model.verdict import Component, Verdict

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ACME = Customer(code="acme", title="ACME", contract=Contract(number="HT-1", level="24x7x4"))
DEVICES = (
    Device(name="core", customer="acme", address="192.0.2.1", role="core", site="hz"),
    Device(name="acc1", customer="acme", address="192.0.2.2", role="access", site="hz", parents=("core",)),
    Device(name="acc2", customer="acme", address="192.0.2.3", role="access", site="hz", parents=("core",)),
    Device(name="edge", customer="acme", address="192.0.2.4", role="edge", site="bj"),
)
NAMES = tuple(device.name for device in DEVICES)


def at(minutes: float) -> datetime:
    return NOW + minutes * MINUTE


def found(rule: str, device: str, item: str = "", *, since: float = 0, level: Level = Level.CRITICAL, **more: object) -> Finding:
    made = Finding(rule=rule, device=device, item=item, level=level, summary=say("Something is wrong."), since=at(since))
    return replace(made, **more)  # type: ignore[arg-type]


def down(device: str, since: float = 0) -> Finding:
    return found("device_down", device, since=since)


def cut(device: str, since: float = 0) -> Finding:
    return found("device_unreachable", device, since=since, level=Level.UNKNOWN)


def psu(device: str, item: str = "PS1", *, state: Condition = Condition.FAILED, serial: str = "", since: float = 0) -> Finding:
    return found("psu", device, item, since=since, verdict=state, serial=serial or f"SN-{device}-{item}", pid="PWR-1")


def verdict(finding: Finding, state: Condition = Condition.FAILED) -> Verdict:
    return Verdict(
        component=Component.PSU,
        device=finding.device,
        item=finding.item,
        state=state,
        pid=finding.pid,
        serial=finding.serial,
        finding=finding.key,
    )


def seen(
    findings: Iterable[Finding], verdicts: Iterable[Verdict] = (), *, devices: Sequence[Device] = DEVICES, first: float = 0, **more: object
) -> Picture:
    """Return the picture of *findings*, first seen at *first* or when they began; *more* is of the network."""
    standing = [Standing(finding=each, seen=max(at(first), each.since or at(first))) for each in findings]
    return picture(standing, Network(devices=devices, **more), verdicts)  # type: ignore[arg-type]


@dataclass
class Client:
    """A client with its memory, as the store keeps it; what it asks for is in ``actions``."""

    customer: Customer = ACME
    devices: Sequence[Device] = DEVICES
    memory: dict[str, Followed] = field(default_factory=dict)
    actions: list[Action] = field(default_factory=list)
    working: frozenset[str] = frozenset()

    def plan(self, picture_: Picture, minutes: float, heard: Collection[str] | None = None) -> Planned:
        """Plan, without remembering anything."""
        day = at(minutes).date()
        known = Known(customer=self.customer, devices={d.name: d for d in self.devices}, today=day, working=self.working)
        names = [d.name for d in self.devices] if heard is None else heard
        return plan(picture_, self.memory.values(), names, known, at(minutes))

    def do(self, picture_: Picture, minutes: float, heard: Collection[str] | None = None) -> tuple[Action, ...]:
        """Plan, remember, and return what is to be done."""
        planned = self.plan(picture_, minutes, heard)
        self.memory |= {case.token: case for case in planned.followed}
        self.actions += planned.actions
        return planned.actions

    def close(self, minutes: float, token: str = "") -> None:
        """Close the case *token* (the only one when empty) as a person would on the desk."""
        token = token or next(iter(self.memory))
        self.memory[token] = replace(self.memory[token], closed=at(minutes))

    @property
    def opened(self) -> list[Open]:
        return [each for each in self.actions if isinstance(each, Open)]

    @property
    def kinds(self) -> list[str]:
        return [type(each).__name__ for each in self.actions]


def client(**policy: object) -> Client:
    """Return a client whose customer has *policy*."""
    return Client(customer=replace(ACME, cases=Policy(**policy)))  # type: ignore[arg-type]
