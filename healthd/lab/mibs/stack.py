"""CISCO-STACKWISE-MIB and CISCO-RF-MIB: members, ring, and the second supervisor."""

from collections.abc import Iterator

from healthd.lab.device import Model
from healthd.lab.mibs._table import ENTERPRISE, gauge, number, row, scalars, text, ticks
from healthd.lab.network import Network
from healthd.lab.signals import Span, Steps, merged
from healthd.lab.view import Oid, Var

ROLE = {"active": 1, "member": 2, "standby": 4}
READY, TRUE, FALSE = 4, 1, 2
ACTIVE, STANDBY_HOT, DISABLED = 14, 9, 2


def objects(model: Model, network: Network) -> Iterator[tuple[Oid, Var]]:
    """Yield the stack of a Catalyst 9300, the pair of a 9500."""
    del network
    members = model.spec.members
    if len(members) < 2:
        return
    away = merged([span for m in members for span in model.member[m.number].when("removed")])
    # A ring of two has two cables between the same switches; a virtual pair has a link, no ring.
    ring = Steps(TRUE if model.spec.family == "c9300" else FALSE, tuple((b, e, FALSE) for b, e in away))
    yield from scalars(
        f"{ENTERPRISE}500.1.1", {1: gauge(8 if model.spec.family == "c9300" else 2), 2: gauge(15), 3: number(ring), 4: number(2)}
    )
    for member in members:
        gone = model.member[member.number].when("removed")
        yield from row(f"{ENTERPRISE}500.1.2.1.1", (member.index,), {
            1: gauge(member.number), 2: gauge(member.number), 3: number(ROLE[member.role]), 4: gauge(member.priority), 5: gauge(0), 6: number(READY),
            7: text(member.mac), 8: text(f"CAT9K_IOSXE {model.spec.version}"),
        }, gone)  # fmt: skip
    yield from _ports(model, away)
    yield from _redundancy(model, members[1].number)


def _ports(model: Model, away: tuple[Span, ...]) -> Iterator[tuple[Oid, Var]]:
    for port in (p for p in model.spec.ports if p.name.startswith("StackSub")):
        gone = model.member[port.member].when("removed")
        state = Steps(1, tuple((b, e, 2) for b, e in away))
        partner = model.spec.members[port.member % len(model.spec.members)].index
        yield from row(f"{ENTERPRISE}500.1.2.2.1", (port.index,), {1: number(state), 2: number(partner)}, gone)


def _redundancy(model: Model, second: int) -> Iterator[tuple[Oid, Var]]:
    gone = model.member[second].when("removed")
    peer = Steps(STANDBY_HOT, tuple((b, e, DISABLED) for b, e in gone))
    mode = Steps(TRUE, tuple((b, e, FALSE) for b, e in gone))
    yield from scalars(f"{ENTERPRISE}176.1.1", {
        1: number(1), 2: number(ACTIVE), 3: number(Steps(2, tuple((b, e, 0) for b, e in gone))), 4: number(peer), 5: number(TRUE), 6: number(mode), 7: number(FALSE),
        8: number(1), 9: ticks(0),
    })  # fmt: skip
