"""pysnmp asked for the same objects of the same agents: its asynchronous high-level API, MIB look-ups off."""

from collections.abc import Sequence

from pysnmp.hlapi.v3arch.asyncio import (
    CommunityData,
    ContextData,
    ObjectIdentity,
    ObjectType,
    SnmpEngine,
    UdpTransportTarget,
    UsmUserData,
    bulk_cmd,
    get_cmd,
    usmAesCfb128Protocol,
    usmHMAC192SHA256AuthProtocol,
)

from benchmarks._agents import AUTH, COMMUNITY, IF_X_ENTRY, PRIV, USER
from benchmarks._missing import Missing
from healthd.model.device import Device

_WHO = {
    "v2c": CommunityData(COMMUNITY, mpModel=1),  # noqa: S508 - on loopback, to compare
    "v3": UsmUserData(USER, AUTH, PRIV, authProtocol=usmHMAC192SHA256AuthProtocol, privProtocol=usmAesCfb128Protocol),
}


class Pysnmp:
    """One engine, as a program that polls many devices would keep it."""

    def __init__(self) -> None:
        self._engine = SnmpEngine()

    async def get(self, device: Device, oids: Sequence[str], at_once: int = 20) -> int:
        """Return how many values *device* gave for *oids*."""
        given = 0
        for start in range(0, len(oids), at_once):
            asked = [ObjectType(ObjectIdentity(oid)) for oid in oids[start : start + at_once]]
            given += len(self._right(await get_cmd(self._engine, *await self._target(device), *asked, lookupMib=False)))
        return given

    async def walk(self, device: Device) -> int:
        """Return how many values ifXTable has, asked by GETBULK 25 at a time."""
        root = (*map(int, IF_X_ENTRY.split(".")),)
        at, given = root, 0
        while True:
            asked = ObjectType(ObjectIdentity(at))
            rows = self._right(await bulk_cmd(self._engine, *await self._target(device), 0, 25, asked, lookupMib=False))
            inside = [tuple(name) for name, _ in rows if at < tuple(name) and tuple(name)[: len(root)] == root]
            given += len(inside)
            if len(inside) < len(rows) or not rows:
                return given
            at = inside[-1]

    async def _target(self, device: Device) -> tuple[object, object, ContextData]:
        where = await UdpTransportTarget.create((device.address, device.port), timeout=2, retries=2)
        return _WHO[device.snmp], where, ContextData()

    @staticmethod
    def _right(answer: tuple[object, object, object, Sequence[tuple[object, object]]]) -> Sequence[tuple[object, object]]:
        failure, status, _, bindings = answer
        if failure or status:
            raise Missing(f"pysnmp got no answer: {failure or status}")
        return bindings
