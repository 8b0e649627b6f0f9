"""The SNMP agents: one UDP socket a device, v2c and v3 (authPriv), all in one event loop.

An own responder and not pysnmp's engine, for its cost: measured on two cores,
all 21 devices of the examples (77,000 objects) are walked over v2c in about a
second of CPU here; pysnmp as agent takes some 0.5 ms a value, forty seconds.
"""

import asyncio
from collections.abc import Callable

from healthd.errors import NotUnderstood
from healthd.lab import ber, pdu, usm
from healthd.lab.accounts import Accounts
from healthd.lab.network import Network

Clock = Callable[[], float]
_BOOTS, _TIME = (1, 3, 6, 1, 6, 3, 10, 2, 1, 2, 0), (1, 3, 6, 1, 6, 3, 10, 2, 1, 3, 0)


class Agent(asyncio.DatagramProtocol):
    """Answers for one device; says nothing while the device cannot be reached, nor to what it cannot read."""

    def __init__(self, name: str, network: Network, accounts: Accounts, clock: Clock) -> None:
        """Answer for the device *name* at the time that *clock* tells (epoch seconds)."""
        self.name, self.network, self.accounts, self.clock = name, network, accounts, clock
        self.transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the socket."""
        self.transport = transport  # type: ignore[assignment]

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Answer one datagram."""
        now = self.clock()
        if not self.network.answers(self.name, now):
            return
        try:
            made = self.answer(data, now)
        except NotUnderstood:
            return
        if made and self.transport:
            self.transport.sendto(made, addr)

    def answer(self, data: bytes, now: float) -> bytes | None:
        """Return the answer to one message, None where silence is the answer; NotUnderstood for what is no SNMP."""
        reader = ber.Reader(data).into()
        version = reader.integer()
        view = self.network.view(self.name)
        if version == 3:
            boots, time = (int(view.objects[oid].at(now) or 0) for oid in (_BOOTS, _TIME))
            return usm.answer(data, usm.Engine(name=self.name, accounts=self.accounts, boots=boots, time=time), view, now)
        community = reader.octets()
        if version != 1 or community != self.accounts.community.reveal().encode():
            return None
        tag, content = reader.next()
        if tag not in (pdu.GET, pdu.GET_NEXT, pdu.GET_BULK, pdu.SET):
            return None
        body = pdu.answer(tag, content, view, now)
        return ber.tlv(ber.SEQUENCE, ber.integer(1) + ber.tlv(0x04, community) + body)
