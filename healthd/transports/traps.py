"""SNMP notifications: traps and informs of versions 1, 2c and 3 (RFC 1157, 3416, 3414).

Listening is the log listener's, which drains its socket; this module reads a
datagram into a notification. A community proves nothing, so by default any is
taken: whose a trap is, is told by its address, and it only makes us look. An
inform's answer is handed back with it, to be sent when it is stored: what was
acknowledged must not be lost.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pyasn1.codec.ber import decoder, encoder
from pyasn1.error import PyAsn1Error
from pysnmp.proto import api
from pysnmp.proto.error import ProtocolError

from healthd.errors import NotUnderstood, Refused
from healthd.model.answer import Value
from healthd.model.credential import SnmpUser
from healthd.model.received import Notification, Received
from healthd.transports._trap3 import Engine

_UPTIME = "1.3.6.1.2.1.1.3.0"
_TRAP_OID, _ENTERPRISE, _ADDRESS = "1.3.6.1.6.3.1.1.4.1.0", "1.3.6.1.6.3.1.1.4.3.0", "1.3.6.1.6.3.18.1.3.0"
_GENERIC = "1.3.6.1.6.3.1.1.5"
_MOST = 256

Reply = Callable[[Received, bytes], None]
"""Sends octets back to where a message came from."""


@dataclass(slots=True, kw_only=True)
class Reader:
    """Reads datagrams. *users* are the SNMPv3 users that may send; *communities* those allowed, None for any.

    *reply* answers at once what asks for the engine's identity (RFC 3414 §4).
    One thread reads at a time.
    """

    users: Mapping[str, SnmpUser] = field(default_factory=dict)
    communities: Collection[str] | None = None
    reply: Reply = lambda _received, _octets: None
    engine_id: bytes = b""
    _engine: Engine | None = None

    def read(self, received: Received) -> Notification:
        """Return the notification in *received*.

        Raises:
            NotUnderstood: it is no notification.
            Refused: community, user, signature or time are not right; the message says which.
        """
        try:
            version = int(api.decodeMessageVersion(received.data))
            if version == 3:
                return self._signed(received)
            if version not in api.PROTOCOL_MODULES:
                raise NotUnderstood(f"SNMP version {version}")
            return self._plain(received, version)
        except (PyAsn1Error, ProtocolError, ValueError, IndexError, KeyError, TypeError) as error:
            raise NotUnderstood(f"no SNMP notification: {type(error).__name__}") from error

    def _plain(self, received: Received, version: int) -> Notification:
        module = api.PROTOCOL_MODULES[version]
        message, _ = decoder.decode(received.data, asn1Spec=module.Message())
        community = bytes(module.apiMessage.get_community(message)).decode("utf-8", "backslashreplace")
        if self.communities is not None and community not in self.communities:
            raise Refused("unknown community")
        pdu = module.apiMessage.get_pdu(message)
        if version == 0:
            return _first(received, module, pdu)
        if not (pdu.isSameTypeWith(module.SNMPv2TrapPDU()) or pdu.isSameTypeWith(module.InformRequestPDU())):
            raise NotUnderstood("an SNMP message, but no trap or inform")
        answer = b""
        if pdu.isSameTypeWith(module.InformRequestPDU()):
            answer = bytes(encoder.encode(module.apiMessage.get_response(message)))
        number = int(module.apiPDU.get_request_id(pdu))
        return _second(received, module.apiPDU.get_varbinds(pdu), number, version=2, answer=answer)

    def _signed(self, received: Received) -> Notification:
        if self._engine is None:
            self._engine = Engine(users=self.users, engine_id=self.engine_id)
        told = self._engine.read(received.data)
        if told.variables is None:
            if told.answer:
                self.reply(received, told.answer)
            raise Refused(told.reason)
        return _second(received, told.variables, told.request, version=3, answer=told.answer, user=told.user)


def _first(received: Received, module: Any, pdu: Any) -> Notification:
    """Return a version 1 trap under the name that RFC 3584 §3.1 gives it."""
    if not pdu.isSameTypeWith(module.TrapPDU()):
        raise NotUnderstood("an SNMP version 1 message, but no trap")
    trap = module.apiTrapPDU
    enterprise = str(trap.get_enterprise(pdu))
    generic, specific = int(trap.get_generic_trap(pdu)), int(trap.get_specific_trap(pdu))
    oid = f"{enterprise}.0.{specific}" if generic == 6 else f"{_GENERIC}.{generic + 1}"
    more = ((_ENTERPRISE, enterprise), (_ADDRESS, str(trap.get_agent_address(pdu).prettyPrint())))
    return Notification(
        at=received.at, listener=received.listener, address=received.address, oid=oid, version=1, raw=received.data,
        variables=((_UPTIME, int(trap.get_timestamp(pdu))), *_values(trap.get_varbinds(pdu)), *more),
    )  # fmt: skip


def _second(  # noqa: PLR0913 - a message's parts
    received: Received, bindings: Sequence[tuple[Any, Any]], request: int, *, version: int, answer: bytes, user: str = ""
) -> Notification:
    found = _values(bindings)
    oid = next((str(value) for name, value in found if name == _TRAP_OID), "")
    if not oid:
        raise NotUnderstood("a notification without snmpTrapOID.0")
    return Notification(
        at=received.at, listener=received.listener, address=received.address, oid=oid, variables=found, version=version, user=user,
        request=request, answer=answer, raw=received.data,
    )  # fmt: skip


def _values(bindings: Sequence[tuple[Any, Any]]) -> tuple[tuple[str, Value], ...]:
    return tuple((str(name), plain(value)) for name, value in bindings[:_MOST])


def plain(value: Any) -> Value:
    """Return a value of pysnmp as ours: numbers, octets, and dotted text for OIDs and addresses."""
    kind = type(value).__name__
    if kind in ("ObjectIdentifier", "IpAddress"):
        return str(value.prettyPrint())
    if hasattr(value, "asOctets"):
        return bytes(value.asOctets())
    try:
        return int(value)
    except (TypeError, ValueError, PyAsn1Error):
        return b""
