"""Stacks by CISCO-STACKWISE-MIB: their switches, the ring between them, and its ports."""

from collections.abc import Iterator

from healthd.catalogue.mibs import stackwise as mib
from healthd.catalogue.mibs.entity import PHYSICAL
from healthd.catalogue.mibs.interfaces import EXTENDED, INTERFACES
from healthd.collectors import _names
from healthd.collectors._states import StateColumn, number, part_name, word, words_of
from healthd.model.answer import Answers
from healthd.model.observation import Reading

MEMBER = StateColumn(metric="stack.member.state", walk=mib.MEMBER, column="cswSwitchState", words=mib.MEMBER_STATE)
ROLE = StateColumn(metric="stack.member.role", walk=mib.MEMBER, column="cswSwitchRole", words=mib.ROLE)
PORT = StateColumn(metric="stack.port.state", walk=mib.PORT, column="cswStackPortOperStatus", words=mib.PORT_STATE)
RING_SOURCE = "CISCO-STACKWISE-MIB::cswRingRedundant"

ASKS = (mib.GLOBALS, mib.MEMBER, mib.PORT, PHYSICAL, INTERFACES, EXTENDED)
WORDS = {**words_of(MEMBER, ROLE, PORT), RING_SOURCE: mib.RING}


def read(answers: Answers) -> Iterator[Reading]:
    """Yield members, ports and ring.

    The ring's object is there on every switch that could be stacked; it means
    something only beside stack ports, which virtual stacks do not have.
    """
    name = part_name(answers, "Switch")
    yield from MEMBER.readings(answers, name)
    yield from ROLE.readings(answers, name)
    ports = _names.interfaces(answers)
    yield from PORT.readings(answers, lambda index, _: ports.get(index) or f"Stack port {index}")
    ring = number(answers.row(mib.GLOBALS), "cswRingRedundant")
    if ring is not None and answers.rows(mib.PORT):
        oid = dict(mib.GLOBALS.objects)["cswRingRedundant"]
        yield Reading(metric="stack.ring", item="Stack ring", index="0", value=word(mib.RING, ring), raw=ring, source=RING_SOURCE, oid=oid)
