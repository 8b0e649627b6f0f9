"""CISCO-PROCESS-MIB, CISCO-ENHANCED-MEMPOOL-MIB, CISCO-MEMORY-POOL-MIB, OLD-CISCO-CPU-MIB, CISCO-SYSTEM-EXT-MIB: load and memory."""

from collections.abc import Iterator

from healthd.lab.device import Model
from healthd.lab.mibs._table import ENTERPRISE, counter64, gauge, number, row, scalars, text
from healthd.lab.network import Network
from healthd.lab.signals import Const, Sum
from healthd.lab.view import Oid, Var


def objects(model: Model, network: Network) -> Iterator[tuple[Oid, Var]]:
    """Yield processors and pools."""
    del network
    spec = model.spec
    for cpu in spec.cpus:
        busy = model.busy[cpu.index]
        gone = model.gone([f"member:{cpu.member}"]) if spec.members else ()
        pool = spec.pools[0]
        used, free = _halves(model, 0)
        cells = {2: number(cpu.entity), 3: gauge(busy), 4: gauge(busy), 5: gauge(busy), 6: gauge(busy), 7: gauge(busy), 8: gauge(busy)}
        if spec.platform in ("iosxe", "iosxr") and pool.member == cpu.member:
            cells |= {12: gauge(Sum((used,), scale=1 / 1024)), 13: gauge(Sum((free,), scale=1 / 1024))}
        yield from row(f"{ENTERPRISE}109.1.1.1.1", (cpu.index,), cells, gone)
    first = model.busy[spec.cpus[0].index]
    if spec.platform in ("ios", "iosxe"):
        yield from scalars("1.3.6.1.4.1.9.2.1", {56: number(first), 57: number(first), 58: number(first)})
    if spec.platform == "nxos":
        used, _ = _halves(model, 0)
        yield from scalars(f"{ENTERPRISE}305.1.1", {1: gauge(first), 2: gauge(Sum((used,), scale=100 / spec.pools[0].total))})
    for place in range(len(spec.pools)):
        yield from _pool(model, place)


def _halves(model: Model, place: int) -> tuple[Sum, Sum]:
    pool = model.spec.pools[place]
    used = Sum((model.used[pool.entity, pool.index],))
    return used, Sum((Const(pool.total), Sum((used,), scale=-1)))


def _pool(model: Model, place: int) -> Iterator[tuple[Oid, Var]]:
    pool, (used, free) = model.spec.pools[place], _halves(model, place)
    least = Sum((free,), scale=0.97)
    if model.spec.platform in ("ios", "iosxe", "asa"):
        old = pool.index if model.spec.platform != "asa" else place + 1
        yield from row(
            f"{ENTERPRISE}48.1.1.1",
            (old,),
            {2: text(pool.name), 3: number(0), 4: number(1), 5: gauge(used), 6: gauge(free), 7: gauge(least)},
        )
    if model.spec.platform != "ios":
        over = {17: gauge(Sum((used,), scale=1 / 2**32)), 19: gauge(Sum((free,), scale=1 / 2**32))}
        yield from row(f"{ENTERPRISE}221.1.1.1.1", (pool.entity, pool.index), {
            2: number(pool.kind), 3: text(pool.name), 5: number(0), 6: number(1), 7: gauge(used), 8: gauge(free), 9: gauge(least), 10: gauge(least),
            **over, 18: counter64(used), 20: counter64(free),
        })  # fmt: skip
