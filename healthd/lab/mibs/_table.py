"""Rows of a MIB as pairs of OID and value, written column by column."""

from collections.abc import Iterator, Mapping

from healthd.lab.signals import Signal, Span, Words
from healthd.lab.view import ADDRESS, COUNTER, COUNTER64, GAUGE, INTEGER, OCTETS, OID, TICKS, Oid, Var

Value = int | bytes | str | Signal | Words
Cell = tuple[int, Value]
ENTERPRISE = "1.3.6.1.4.1.9.9."


def oid(text: str) -> Oid:
    """Return dotted text as numbers."""
    return tuple(map(int, text.split(".")))


def row(entry: str, index: Oid, cells: Mapping[int, Cell], gone: tuple[Span, ...] = ()) -> Iterator[tuple[Oid, Var]]:
    """Yield one row of the table below *entry*, column number to cell."""
    start = oid(entry)
    for column, (tag, value) in cells.items():
        yield (*start, column, *index), Var(tag, value, gone)


def scalars(group: str, cells: Mapping[int, Cell]) -> Iterator[tuple[Oid, Var]]:
    """Yield scalar objects below *group*."""
    yield from row(group, (0,), cells)


def number(value: int | Signal) -> Cell:
    """Return an INTEGER."""
    return INTEGER, value


def gauge(value: int | Signal) -> Cell:
    """Return a Gauge32."""
    return GAUGE, value


def counter(value: int | Signal) -> Cell:
    """Return a Counter32."""
    return COUNTER, value


def counter64(value: int | Signal) -> Cell:
    """Return a Counter64."""
    return COUNTER64, value


def ticks(value: int | Signal) -> Cell:
    """Return TimeTicks."""
    return TICKS, value


def text(value: str | bytes | Words) -> Cell:
    """Return an OCTET STRING."""
    return OCTETS, value.encode() if isinstance(value, str) else value


def pointer(value: str) -> Cell:
    """Return an OBJECT IDENTIFIER."""
    return OID, value


def address(value: str) -> Cell:
    """Return an IpAddress."""
    return ADDRESS, value


def dotted(value: str) -> Oid:
    """Return an IPv4 address as an index."""
    return tuple(map(int, value.split(".")))


def octets(value: str) -> bytes:
    """Return an IPv4 address as four bytes."""
    return bytes(map(int, value.split(".")))
