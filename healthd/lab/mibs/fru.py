"""CISCO-ENTITY-FRU-CONTROL-MIB: supplies, fan trays and modules."""

from collections.abc import Iterator

from healthd.lab.device import Model
from healthd.lab.mibs._table import ENTERPRISE, gauge, number, row, text, ticks
from healthd.lab.network import Network
from healthd.lab.signals import Steps
from healthd.lab.view import Oid, Var

POWER = {"ok": 2, "failed": 8, "noinput": 5, "absent": 1}
"""cefcFRUPowerOperStatus: offEnvOther(1) on(2) offEnvPower(5) failed(8)."""
FAN = {"ok": 2, "failed": 3}
MODULE = {"ok": 2, "failed": 7}


def objects(model: Model, network: Network) -> Iterator[tuple[Oid, Var]]:
    """Yield the tables of IOS XE, NX-OS and IOS XR."""
    del network
    spec = model.spec
    if spec.platform not in ("iosxe", "nxos", "iosxr"):
        return
    for supply in spec.supplies:
        # A stack's bay keeps its row when the supply is pulled; elsewhere the row goes with it.
        follows = [f"member:{supply.member}"] if spec.members else []
        gone = model.gone(follows if spec.family == "c9300" else [*follows, f"psu:{supply.key}"])
        states = model.supply[supply.key]
        current = Steps(supply.watts * 100 // 12, tuple((b, e, 0) for b, e in states.when("failed", "noinput", "absent")))
        yield from row(
            f"{ENTERPRISE}117.1.1.2.1", (supply.index,), {1: number(1), 2: number(states.codes(POWER)), 3: number(current)}, gone
        )
    for fan in (f for f in spec.fans if f.tray):
        gone = model.gone([f"member:{fan.member}"]) if spec.members else ()
        yield from row(f"{ENTERPRISE}117.1.4.1.1", (fan.index,), {1: number(model.fan[fan.key].codes(FAN))}, gone)
    for module in spec.modules:
        gone = model.gone([f"member:{module.member}"]) if spec.members else ()
        yield from row(f"{ENTERPRISE}117.1.2.1.1", (module.index,), {
            1: number(1), 2: number(model.module[module.key].codes(MODULE)), 3: number(2), 4: ticks(0), 6: text(""), 8: gauge(0),
        }, gone)  # fmt: skip
