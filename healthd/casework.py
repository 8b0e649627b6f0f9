"""From what stands to what is done about it: findings and verdicts → plan → the client's memory and its errands.

All of it happens in the transaction that keeps the findings: after a crash
either the finding, the memory of its case and the errand are there, or none.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from healthd import modules
from healthd.analysis.proofs.alike import covering
from healthd.analysis.topology import topology
from healthd.caseclient import backends
from healthd.caseclient.opening import Known
from healthd.caseclient.plan import Planned, plan
from healthd.caseclient.together import LOSS
from healthd.caseclient.troubles import Network, Standing, picture
from healthd.model.availability import EVERY, State
from healthd.model.device import Customer, Device
from healthd.model.finding import Finding
from healthd.model.history import History
from healthd.model.interval import Interval
from healthd.model.poll import Poll
from healthd.model.verdict import Verdict
from healthd.store import agreements, errands, findings, proofs, tickets, transaction

DESK = "embedded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What was found on *devices* and judged, with what the plan needs of the past: software and chassis by device, who is connected to whom."""

    devices: Sequence[Device]
    found: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...] = ()
    software: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    links: Mapping[str, frozenset[str]] = field(default_factory=dict)


def judged(found: Sequence[Finding], verdicts: Iterable[Verdict], history: History) -> Judged:
    """Return *found* and *verdicts* with what *history* knows of the devices; the links are only looked up when two are lost."""
    polls = {d.name: poll for d in history.devices if (poll := history.poll(d.name))} if found else {}
    lost = sum(each.rule == LOSS for each in found)
    return Judged(
        devices=history.devices,
        found=tuple(found),
        verdicts=tuple(verdicts),
        software={name: _software(poll) for name, poll in polls.items()},
        units={name: _units(poll) for name, poll in polls.items()},
        links=topology(history.devices, polls).neighbours if lost > 1 else {},
    )


def _software(poll: Poll) -> str:
    return " ".join(filter(None, (poll.system.platform, poll.system.version))) if poll.system else ""


def _units(poll: Poll) -> tuple[str, ...]:
    return tuple(part.serial for part in poll.parts if part.kind == "chassis" and part.serial)


@transaction.whole
def work(customer: Customer, those: Judged, heard: Collection[str], now: datetime, desk: str = DESK) -> Planned:
    """Plan what is to be done about all that stands, remember it, and put it on its way to the desk; return it."""
    code, policy = customer.code, customer.cases
    tickets.settle(code, now, policy.reopen, _tells)
    standing = [
        Standing(
            finding=kept.finding,
            seen=kept.first_seen,
            acked=kept.mark is not None and not kept.mark.muted,
            muted=kept.mark is not None and kept.mark.muted,
        )
        for kept in findings.standing(code, now)
    ]
    seen = picture(standing, Network(devices=those.devices, links=those.links, units=those.units), those.verdicts)
    known = Known(
        customer=customer,
        devices={device.name: device for device in those.devices},
        today=now.astimezone(customer.zone).date(),
        software=those.software,
        units=those.units,
        files={key: looked.files for key, looked in proofs.known(code, seen.keys).items()},
        working=_working(code, those.devices, now),
        desk=policy.desk or desk,
    )
    remembered = tickets.known(code, seen.keys, now, policy.reopen)
    followed = covering(remembered, [each.finding for each in standing])
    planned = plan(seen, followed, heard, known, now)
    renamed = {case.token: case for case in set(followed).difference(remembered) if case.is_open}
    for case in (renamed | {case.token: case for case in planned.followed}).values():
        actions = [each for each in planned.actions if errands.token(each) == case.token]
        tickets.keep(case, actions, now)
        errands.put(code, case.desk, actions, now)
    return planned


def _tells(desk: str) -> bool:
    """Say whether one can learn from *desk* that people closed a case."""
    return desk not in modules.names(backends) or getattr(modules.load(backends, desk), "TELLS", True)


def _working(code: str, devices: Sequence[Device], now: datetime) -> frozenset[str]:
    """Return the devices in agreed maintenance; of several words about one moment the last counts."""
    said = agreements.words(code, Interval(now, now + timedelta.resolution))
    last = {device.name: word.state for word in said for device in devices if word.device in (device.name, EVERY)}
    return frozenset(name for name, state in last.items() if state is State.MAINTENANCE)
