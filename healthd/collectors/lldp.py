"""Neighbours heard through LLDP.

Source: LLDP-MIB::lldpRemTable (IEEE 802.1AB); row index lldpRemTimeMark.lldpRemLocalPortNum.lldpRemIndex.
"""

from collections.abc import Iterator

from healthd.catalogue.mibs.interfaces import EXTENDED, INTERFACES
from healthd.catalogue.mibs.lldp import (
    CHASSIS_ADDRESS,
    CHASSIS_MAC,
    IPV4,
    IPV6,
    LOCAL_PORTS,
    MANAGEMENT,
    PORT_ADDRESS,
    PORT_MAC,
    PORT_NAME,
    REMOTE,
)
from healthd.collectors import _names
from healthd.collectors._lines import Line, lines
from healthd.collectors._octets import address, inside, mac, readable
from healthd.model.answer import Answers, Value, text
from healthd.model.observation import Fact, Metric, Neighbour

METRICS: tuple[Metric, ...] = ()
ASKS = (REMOTE, LOCAL_PORTS, MANAGEMENT, INTERFACES, EXTENDED)


def read(answers: Answers) -> Iterator[Fact]:
    """Yield one neighbour per remote entry."""
    ports, reached = _local_ports(answers), dict(_addresses(answers))
    for line in lines(answers, REMOTE):
        _, port, *_ = (*line.index.split("."), "")
        yield Neighbour(
            protocol="lldp",
            local=ports.get(port, port),
            remote=line.text("lldpRemSysName") or _identifier(line, "lldpRemChassisId", (CHASSIS_MAC, CHASSIS_ADDRESS)),
            remote_port=_identifier(line, "lldpRemPortId", (PORT_MAC, PORT_ADDRESS)) or line.text("lldpRemPortDesc"),
            remote_platform=line.text("lldpRemSysDesc"),
            remote_address=reached.get(line.index, ""),
            index=line.index,
        )


def _identifier(line: Line, column: str, octets: tuple[int, int]) -> str:
    """Return an identifier as its subtype means it: a MAC address, an address behind its family number, or text."""
    kind, value = line.number(f"{column}Subtype"), line.row.get(column)
    if kind == octets[0]:
        return mac(value) or readable(value)
    if kind == octets[1] and isinstance(value, bytes):
        return address(value[1:]) or readable(value)
    return readable(value)


def _local_ports(answers: Answers) -> dict[str, str]:
    """Return interface names by lldpLocPortNum.

    Some systems number ports as ifIndex does, others from 1: what LLDP itself
    says of the local port therefore goes first, when it is an interface's name.
    """
    names = _names.ports(answers)
    descriptions = {text(row.get("ifDescr")): names[index] for index, row in answers.rows(INTERFACES).items() if index in names}
    known = {**descriptions, **{name: name for name in names.values()}}
    found = dict(names)
    for line in lines(answers, LOCAL_PORTS):
        said = [line.text("lldpLocPortId"), line.text("lldpLocPortDesc")]
        named = next((known[one] for one in said if one in known), "")
        own = _own_name(line.row.get("lldpLocPortId"), line)
        if name := named or names.get(line.index, "") or own:
            found[line.index] = name
    return found


def _own_name(value: Value | None, line: Line) -> str:
    return readable(value) if line.number("lldpLocPortIdSubtype") == PORT_NAME else line.text("lldpLocPortDesc") or readable(value)


def _addresses(answers: Answers) -> Iterator[tuple[str, str]]:
    """Yield (index of the remote entry, management address); the address is found in the index of its own table."""
    for index in answers.rows(MANAGEMENT):
        mark, port, remote, family, *rest = index.split(".")
        if family in (str(IPV4), str(IPV6)) and (found := inside(rest)):
            yield f"{mark}.{port}.{remote}", found
