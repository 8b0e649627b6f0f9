"""Notifications (SNMPv2c traps) of what happens, with the values that a GET would give at that moment."""

from collections.abc import Iterator, Mapping

from healthd.lab import ber, pdu
from healthd.lab.happenings import Happening
from healthd.lab.view import OID, TICKS, Oid, View

TRAP = 0xA7
UPTIME, TRAP_OID = (1, 3, 6, 1, 2, 1, 1, 3, 0), (1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0)
Sent = tuple[str, tuple[str, ...]]
"""The notification's OID, and the columns whose objects it carries, at the happening's index."""
_CISCO = "1.3.6.1.4.1.9.9."
_LINK = ("1.3.6.1.2.1.2.2.1.1", "1.3.6.1.2.1.2.2.1.2", "1.3.6.1.2.1.2.2.1.3", "1.3.6.1.2.1.2.2.1.7", "1.3.6.1.2.1.2.2.1.8")
_DOWN: Sent = ("1.3.6.1.6.3.1.1.5.3", _LINK)
_BGP = ("1.3.6.1.2.1.15.3.1.14", "1.3.6.1.2.1.15.3.1.2")
_OSPF: Sent = ("1.3.6.1.2.1.14.16.2.2", ("1.3.6.1.2.1.14.10.1.1", "1.3.6.1.2.1.14.10.1.3", "1.3.6.1.2.1.14.10.1.6"))
BY_KIND: Mapping[str, tuple[Sent, ...]] = {
    "link/down": (_DOWN,),
    "link/errdisabled": (_DOWN, (f"{_CISCO}548.0.1.1", (f"{_CISCO}548.1.3.1.1.2",))),
    "link/up": (("1.3.6.1.6.3.1.1.5.4", _LINK),),
    "psu": (
        (f"{_CISCO}117.2.0.2", (f"{_CISCO}117.1.1.2.1.2", f"{_CISCO}117.1.1.2.1.1")),
        (f"{_CISCO}13.3.0.9", (f"{_CISCO}13.1.5.1.2", f"{_CISCO}13.1.5.1.3")),
    ),
    "fan": (
        (f"{_CISCO}117.2.0.6", (f"{_CISCO}117.1.4.1.1.1",)),
        (f"{_CISCO}13.3.0.8", (f"{_CISCO}13.1.4.1.2", f"{_CISCO}13.1.4.1.3")),
    ),
    "module": ((f"{_CISCO}117.2.0.1", (f"{_CISCO}117.1.2.1.1.2", f"{_CISCO}117.1.2.1.1.4")),),
    "temperature": (
        (f"{_CISCO}13.3.0.7", (f"{_CISCO}13.1.3.1.2", f"{_CISCO}13.1.3.1.3", f"{_CISCO}13.1.3.1.6")),
        (f"{_CISCO}91.2.0.1", (f"{_CISCO}91.1.1.1.1.4",)),
    ),
    "bgp/idle": (("1.3.6.1.2.1.15.7.2", _BGP),),
    "bgp/established": (("1.3.6.1.2.1.15.7.1", _BGP),),
    "ospf": (_OSPF,),
    "config": ((f"{_CISCO}43.2.0.1", ()),),
    "member/removed": ((f"{_CISCO}500.0.0.6", ()),),
    "member/ready": ((f"{_CISCO}500.0.0.5", ()),),
    "boot": (("1.3.6.1.6.3.1.1.5.1", ()),),
}  # fmt: skip


def traps(happening: Happening, view: View, community: str) -> Iterator[bytes]:
    """Yield the datagrams of *happening*; a notification whose objects the device lacks is not sent."""
    index = _index(happening)
    moment = happening.at + 0.01
    for name, columns in BY_KIND.get(f"{happening.kind}/{happening.after}", BY_KIND.get(happening.kind, ())):
        oids = [(*map(int, column.split(".")), *index) for column in columns]
        # cErrDisableIfStatusTable has the VLAN in its index too; 0 is the whole port.
        oids = [oid if oid in view.objects else (*oid, 0) for oid in oids]
        found = [(oid, view.get(oid, moment)) for oid in oids]
        if columns and not any(pair for _, pair in found):
            continue
        bindings = [pdu.binding(oid, ber.value(*pair)) for oid, pair in found if pair]
        yield _message(name, view, moment, bindings, community)


def _index(happening: Happening) -> Oid:
    if happening.kind == "bgp":
        return tuple(map(int, happening.item.split(".")))
    if happening.kind == "ospf":
        return (*map(int, happening.item.split(".")), 0)
    return (happening.index,)


def _message(name: str, view: View, moment: float, bindings: list[bytes], community: str) -> bytes:
    uptime = view.get(UPTIME, moment)
    head = [pdu.binding(UPTIME, ber.value(TICKS, uptime[1] if uptime else 0)), pdu.binding(TRAP_OID, ber.value(OID, name))]
    body = pdu.response(int(moment * 1000) % 2**31, b"".join([*head, *bindings]), tag=TRAP)
    return ber.tlv(ber.SEQUENCE, ber.integer(1) + ber.tlv(0x04, community.encode()) + body)
