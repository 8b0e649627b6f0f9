"""Answering one PDU (RFC 3416): GET, GETNEXT and GETBULK over a device's view; a SET is refused."""

from collections.abc import Iterator
from itertools import islice

from healthd.lab import ber
from healthd.lab.view import Oid, View

GET, GET_NEXT, RESPONSE, SET, GET_BULK, REPORT = 0xA0, 0xA1, 0xA2, 0xA3, 0xA5, 0xA8
NOT_WRITABLE = 17
ROOM = 1380
"""Bytes of variable bindings that an answer may have, so that it stays one Ethernet frame with every header."""


def answer(tag: int, content: bytes, view: View, time: float) -> bytes:
    """Return the response PDU to the PDU *content* of kind *tag*."""
    reader = ber.Reader(content)
    number, first, second = reader.integer(), reader.integer(), reader.integer()
    bindings = reader.next(ber.SEQUENCE)[1]
    if tag == SET:
        return response(number, bindings, NOT_WRITABLE, 1)
    oids = list(_oids(bindings))
    if tag == GET:
        found = [_exact(view, oid, time) for oid in oids]
    elif tag == GET_NEXT:
        found = [_following(view, oid, time) for oid in oids]
    else:
        found = list(_bulk(view, oids, max(first, 0), min(max(second, 0), 200), time))
    return response(number, b"".join(found))


def response(number: int, bindings: bytes, error: int = 0, index: int = 0, tag: int = RESPONSE) -> bytes:
    """Return a PDU with *bindings*, encoded already."""
    return ber.tlv(tag, ber.integer(number) + ber.integer(error) + ber.integer(index) + ber.tlv(ber.SEQUENCE, bindings))


def binding(oid: Oid, encoded: bytes) -> bytes:
    """Return one variable binding."""
    return ber.tlv(ber.SEQUENCE, ber.object_id(oid) + encoded)


def _oids(bindings: bytes) -> Iterator[Oid]:
    reader = ber.Reader(bindings)
    while reader.more:
        yield ber.oid_of(reader.into().next(0x06)[1])


def _exact(view: View, oid: Oid, time: float) -> bytes:
    found = view.get(oid, time)
    if found:
        return binding(oid, ber.value(*found))
    near = next(view.after(oid[:-1], time), None)
    return binding(oid, ber.NO_INSTANCE if near and near[0][: len(oid) - 1] == oid[:-1] else ber.NO_OBJECT)


def _following(view: View, oid: Oid, time: float) -> bytes:
    found = next(view.after(oid, time), None)
    return binding(found[0], ber.value(found[1], found[2])) if found else binding(oid, ber.END_OF_VIEW)


def _bulk(view: View, oids: list[Oid], single: int, times: int, time: float) -> Iterator[bytes]:
    room = ROOM
    for oid in oids[:single]:
        made = _following(view, oid, time)
        room -= len(made)
        yield made
    columns = [_column(view, oid, time) for oid in oids[single:]]
    for _ in range(times):
        for made in [next(column) for column in columns]:
            room -= len(made)
            # The first round always goes out, however long: an answer of nothing would end the walk.
            if room < 0:
                return
            yield made


def _column(view: View, oid: Oid, time: float) -> Iterator[bytes]:
    last = oid
    for found, tag, value in islice(view.after(oid, time), 200):
        last = found
        yield binding(found, ber.value(tag, value))
    while True:
        yield binding(last, ber.END_OF_VIEW)
