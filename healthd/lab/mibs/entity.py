"""ENTITY-MIB (RFC 6933): the parts."""

from collections.abc import Iterator

from healthd.lab.device import Model
from healthd.lab.mibs._table import number, pointer, row, text
from healthd.lab.network import Network
from healthd.lab.parts import CLASS, Part
from healthd.lab.signals import Span, Words
from healthd.lab.view import Oid, Var

KEEPS_BAY = ("c9300", "c2960x", "asr1001x")
"""Families whose row of a pulled supply stays, with neither PID nor serial."""


def objects(model: Model, network: Network) -> Iterator[tuple[Oid, Var]]:
    """Yield entPhysicalTable."""
    del network
    for part in model.spec.parts:
        serial, pid, gone = _pulled(model, part)
        yield from row("1.3.6.1.2.1.47.1.1.1.1", (part.index,), {
            2: text(part.descr), 3: pointer(f"1.3.6.1.4.1.9.12.3.1.{CLASS[part.kind]}.{part.index % 997}"), 4: number(part.parent), 5: number(CLASS[part.kind]),
            6: number(part.position), 7: text(part.name), 8: text(part.hw), 9: text(part.sw if part.kind == "module" else ""), 10: text(part.sw),
            11: text(serial), 12: text("Cisco Systems, Inc." if part.pid else ""), 13: text(pid), 14: text(""), 15: text(""), 16: number(1 if part.fru else 2),
        }, gone)  # fmt: skip


def _pulled(model: Model, part: Part) -> tuple[str | Words, str | Words, tuple[Span, ...]]:
    """Return serial, PID and the spans in which the row is away."""
    serial: str | Words = model.serials.get(part.serial, part.serial)
    if part.kind != "supply" or model.spec.family not in KEEPS_BAY:
        return serial, part.pid, model.gone(part.follows)
    bay = tuple(f for f in part.follows if not f.startswith("psu:"))
    away = tuple((b, e, "") for b, e in model.gone(part.follows))
    spare = serial.spans if isinstance(serial, Words) else ()
    return Words(part.serial, (*spare, *away)), Words(part.pid, away), model.gone(bay)
