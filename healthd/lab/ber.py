"""BER as SNMP uses it (X.690; RFC 3417 §8): values to bytes and back, definite lengths only."""

from functools import lru_cache

from healthd.errors import NotUnderstood
from healthd.lab.view import ADDRESS, INTEGER, OCTETS, OID, Oid
from healthd.model.answer import Value

SEQUENCE, NULL = 0x30, 0x05
NO_OBJECT, NO_INSTANCE, END_OF_VIEW = b"\x80\x00", b"\x81\x00", b"\x82\x00"


def tlv(tag: int, content: bytes) -> bytes:
    """Return *content* with its tag and length before it."""
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(length))) + length + content


def integer(number: int, tag: int = INTEGER) -> bytes:
    """Return a whole number; unsigned types, too, keep a leading zero bit (RFC 2578 §7.1 leaves them INTEGERs)."""
    return tlv(tag, number.to_bytes(number.bit_length() // 8 + 1, signed=True))


@lru_cache(maxsize=200_000)
def object_id(oid: Oid) -> bytes:
    """Return an OBJECT IDENTIFIER."""
    out = bytearray([oid[0] * 40 + (oid[1] if len(oid) > 1 else 0)])
    for arc in oid[2:]:
        if arc < 0x80:
            out.append(arc)
            continue
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(arc & 0x7F | 0x80)
        out += bytes(reversed(groups))
    return tlv(OID, bytes(out))


def value(tag: int, given: Value) -> bytes:
    """Return *given* as its tag says."""
    if tag == OCTETS:
        return tlv(OCTETS, given if isinstance(given, bytes) else str(given).encode())
    if tag == OID:
        return object_id(tuple(map(int, str(given).split("."))))
    if tag == ADDRESS:
        return tlv(ADDRESS, bytes(map(int, str(given).split("."))))
    return integer(int(given), tag)


class Reader:
    """Reads one TLV after the other; NotUnderstood when the bytes end too early or say nonsense."""

    def __init__(self, data: bytes, start: int = 0, end: int | None = None) -> None:
        """Read *data* from *start* to before *end*."""
        self.data, self.at, self.end = data, start, len(data) if end is None else end

    def next(self, wanted: int | None = None) -> tuple[int, bytes]:
        """Return tag and content of the next value, which must be a *wanted* one when given."""
        try:
            tag, size = self.data[self.at], self.data[self.at + 1]
            self.at += 2
            if size & 0x80:
                count = size & 0x7F
                size = int.from_bytes(self.data[self.at : self.at + count])
                self.at += count
        except IndexError as error:
            raise NotUnderstood("the message ends inside a value") from error
        if self.at + size > self.end or (wanted is not None and tag != wanted):
            raise NotUnderstood(f"expected a value of tag {wanted}, found {tag} of {size} bytes")
        content = self.data[self.at : self.at + size]
        self.at += size
        return tag, content

    def into(self, wanted: int = SEQUENCE) -> "Reader":
        """Return a reader of the next value's content."""
        return Reader(self.next(wanted)[1])

    def integer(self) -> int:
        """Return the next INTEGER."""
        return int.from_bytes(self.next(INTEGER)[1], signed=True)

    def octets(self) -> bytes:
        """Return the next OCTET STRING."""
        return self.next(OCTETS)[1]

    @property
    def more(self) -> bool:
        """Whether anything is left."""
        return self.at < self.end


@lru_cache(maxsize=50_000)
def oid_of(content: bytes) -> Oid:
    """Return the numbers of an OBJECT IDENTIFIER's content."""
    if not content:
        return ()
    arcs, arc = [], 0
    for byte in content:
        arc = arc << 7 | byte & 0x7F
        if not byte & 0x80:
            arcs.append(arc)
            arc = 0
    head = arcs[0]
    first = min(head // 40, 2)
    return (first, head - first * 40, *arcs[1:])
