"""SNMP agents for the tests: an honest one over real sockets, and whatever else a test makes of it."""

import asyncio
from bisect import bisect_right
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from healthd.lab import ber, pdu
from healthd.model.device import Device

Oid = tuple[int, ...]
Binding = tuple[Oid, bytes]
END = ber.END_OF_VIEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question of SNMPv2c as it came: *rows* is GETBULK's max-repetitions, 1 for the others."""

    tag: int
    number: int
    community: bytes
    oids: tuple[Oid, ...]
    rows: int

    def reply(self, bindings: Iterable[Binding], *, error: int = 0, number: int | None = None, community: bytes | None = None) -> bytes:
        """Return the response with *bindings* as a datagram."""
        said = b"".join(pdu.binding(oid, encoded) for oid, encoded in bindings)
        body = pdu.response(self.number if number is None else number, said, error, 1 if error else 0)
        return ber.tlv(ber.SEQUENCE, ber.integer(1) + ber.tlv(0x04, self.community if community is None else community) + body)


def asked(data: bytes) -> Asked:
    """Read the datagram of a question."""
    reader = ber.Reader(data).into()
    assert reader.integer() == 1, "SNMPv2c"
    community = reader.octets()
    tag, content = reader.next()
    inner = ber.Reader(content)
    number, _, rows = inner.integer(), inner.integer(), inner.integer()
    bindings, oids = ber.Reader(inner.next(ber.SEQUENCE)[1]), []
    while bindings.more:
        oids.append(ber.oid_of(bindings.into().next(0x06)[1]))
    return Asked(tag=tag, number=number, community=community, oids=tuple(oids), rows=rows if tag == pdu.GET_BULK else 1)


Answer = Callable[[Asked], Iterable[bytes]]


@dataclass(slots=True)
class Agent(asyncio.DatagramProtocol):
    """An agent that answers as *answer* says; *questions* are all that came. *delay* s pass before each answer leaves."""

    answer: Answer
    delay: float = 0.0
    questions: list[Asked] = field(default_factory=list)
    transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        question = asked(data)
        self.questions.append(question)
        asyncio.get_running_loop().call_later(self.delay, self._send, list(self.answer(question)), addr)

    def _send(self, datagrams: Sequence[bytes], addr: tuple[str, int]) -> None:
        for datagram in datagrams:
            if self.transport and not self.transport.is_closing():
                self.transport.sendto(datagram, addr)


@asynccontextmanager
async def listening(
    answer: Answer, *, delay: float = 0.0, name: str = "sw1", address: str = "127.0.0.1"
) -> AsyncIterator[tuple[Agent, Device]]:
    """Open an agent; yield it and the device to ask it by, with the profile ``v2c``."""
    transport, agent = await asyncio.get_running_loop().create_datagram_endpoint(lambda: Agent(answer, delay), local_addr=(address, 0))
    try:
        yield agent, Device(name=name, customer="a", address=address, port=transport.get_extra_info("sockname")[1], snmp="v2c")
    finally:
        transport.close()


def honest(objects: dict[Oid, bytes]) -> Answer:
    """Answer as RFC 3416 says, out of *objects* (encoded values by OID)."""
    order = sorted(objects)

    def following(oid: Oid) -> Binding:
        place = bisect_right(order, oid)
        return (order[place], objects[order[place]]) if place < len(order) else (oid, END)

    def answer(question: Asked) -> Iterable[bytes]:
        if question.tag == pdu.GET:
            yield question.reply([(oid, objects.get(oid, ber.NO_OBJECT)) for oid in question.oids])
            return
        said, last = [], list(question.oids)
        for _ in range(question.rows):
            last_said = [following(oid) for oid in last]
            said += last_said
            last = [oid for oid, _ in last_said]
        yield question.reply(said)

    return answer


def oid(text: str) -> Oid:
    """Return dotted text as numbers."""
    return tuple(map(int, text.split(".")))


def device(rows: int = 3, *, text: bytes = b"Cisco IOS Software") -> dict[Oid, bytes]:
    """Return the objects of a small device: the system group and an interface table of *rows* rows with two columns."""
    found = {oid("1.3.6.1.2.1.1.1.0"): ber.tlv(4, text), oid("1.3.6.1.2.1.1.2.0"): ber.object_id(oid("1.3.6.1.4.1.9.1.1"))}
    found |= {oid("1.3.6.1.2.1.1.3.0"): ber.integer(123_456, 0x43), oid("1.3.6.1.2.1.1.5.0"): ber.tlv(4, b"sw1")}
    for row in range(1, rows + 1):
        found[oid(f"1.3.6.1.2.1.2.2.1.2.{row}")] = ber.tlv(4, b"Gi0/%d" % row)
        found[oid(f"1.3.6.1.2.1.2.2.1.10.{row}")] = ber.integer(row, 0x41)
    return found
