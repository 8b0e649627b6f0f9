"""IF-MIB (RFC 2863), EtherLike-MIB (RFC 3635), addresses of IP-MIB, and CISCO-ERR-DISABLE-MIB."""

from collections.abc import Iterator

from healthd.lab.device import Model
from healthd.lab.mibs._table import ENTERPRISE, address, counter, counter64, dotted, gauge, number, pointer, row, scalars, text, ticks
from healthd.lab.network import Network
from healthd.lab.parts import Port
from healthd.lab.signals import Mark, Span, Steps, Sum
from healthd.lab.view import Oid, Var

UP = {"up": 1, "down": 2, "errdisabled": 2}
PAUSED_FLAP, BPDU_GUARD = 6, 2


def objects(model: Model, network: Network) -> Iterator[tuple[Oid, Var]]:
    """Yield every interface."""
    del network
    yield from scalars("1.3.6.1.2.1.2", {1: number(len(model.spec.ports))})
    for port in model.spec.ports:
        gone = model.gone(port.follows)
        yield from _row(model, port, gone)
        yield from _extended(model, port, gone)
        if port.kind == 6:
            duplex = Steps(*_duplex(model, port))
            bad = model.counters[port.name].crc
            yield from row(
                "1.3.6.1.2.1.10.7.2.1",
                (port.index,),
                {2: counter(0), 3: counter(bad), 4: counter(0), 8: counter(0), 19: number(duplex)},
                gone,
            )
        if port.address:
            yield from row(
                "1.3.6.1.2.1.4.20.1", dotted(port.address), {1: address(port.address), 2: number(port.index), 3: address(port.mask)}
            )
        yield from _err_disabled(model, port)


def _row(model: Model, port: Port, gone: tuple[Span, ...]) -> Iterator[tuple[Oid, Var]]:
    c = model.counters[port.name]
    oper = model.oper[port.name].codes(UP) if port.admin else 2
    # IOS links a port some 45 s after it starts.
    linked = [b + 45 for b in model.boots] if port.wired and port.admin else []
    marks = sorted([*linked, *(at for at, _, _ in model.oper[port.name].changes())]) or [model.boots[0] + 30]
    yield from row("1.3.6.1.2.1.2.2.1", (port.index,), {
        1: number(port.index), 2: text(_description(model, port)), 3: number(port.kind), 4: number(port.mtu), 5: gauge(min(port.speed, 2**32 - 1)),
        6: text(port.mac if port.kind in (6, 53, 161) else b""), 7: number(1 if port.admin else 2), 8: number(oper), 9: ticks(Mark(tuple(marks), model.boots)),
        10: counter(c.octets[0]), 11: counter(c.packets[0]), 13: counter(c.discards[0]), 14: counter(c.errors[0]), 15: counter(0),
        16: counter(c.octets[1]), 17: counter(c.packets[1]), 19: counter(c.discards[1]), 20: counter(c.errors[1]),
    }, gone)  # fmt: skip


def _extended(model: Model, port: Port, gone: tuple[Span, ...]) -> Iterator[tuple[Oid, Var]]:
    c = model.counters[port.name]
    few = Sum((c.packets[0],), scale=0.004), Sum((c.packets[1],), scale=0.003)
    yield from row("1.3.6.1.2.1.31.1.1.1", (port.index,), {
        1: text(port.short if model.spec.platform not in ("iosxr", "nxos") else port.name), 2: counter(few[0]), 3: counter(few[1]), 4: counter(few[1]), 5: counter(few[0]),
        6: counter64(c.octets[0]), 7: counter64(c.packets[0]), 8: counter64(few[0]), 9: counter64(few[1]),
        10: counter64(c.octets[1]), 11: counter64(c.packets[1]), 12: counter64(few[1]), 13: counter64(few[0]),
        14: number(1), 15: gauge(port.speed // 1_000_000), 16: number(2), 17: number(1 if port.kind == 6 else 2), 18: text(port.alias), 19: ticks(0),
    }, gone)  # fmt: skip
    if port.part:
        yield from row("1.3.6.1.2.1.47.1.3.2.1", (port.part, 0), {2: pointer(f"1.3.6.1.2.1.2.2.1.1.{port.index}")}, gone)


def _description(model: Model, port: Port) -> str:
    return f"Adaptive Security Appliance '{port.short}' interface" if model.spec.platform == "asa" else port.name


def _duplex(model: Model, port: Port) -> tuple[float, tuple[tuple[float, float, float], ...]]:
    # dot3StatsDuplexStatus: unknown(1) while there is no link, fullDuplex(3) with one.
    codes = model.oper[port.name].codes({"up": 3}, 1)
    return codes.base, codes.spans


def _err_disabled(model: Model, port: Port) -> Iterator[tuple[Oid, Var]]:
    spans = model.oper[port.name].when("errdisabled")
    if spans and model.spec.platform in ("ios", "iosxe"):
        edges = [0.0, *(edge for span in spans for edge in span)]
        away = tuple((a, b) for a, b in zip(edges[::2], [*edges[1::2], float("inf")], strict=False) if a < b)
        yield from row(f"{ENTERPRISE}548.1.3.1.1", (port.index, 0), {2: number(BPDU_GUARD), 3: gauge(0)}, away)
