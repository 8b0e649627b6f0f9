"""What the wires hand on: a log line or a notification as it came, with who sent it and when."""

from dataclasses import dataclass, field
from datetime import datetime

from healthd.model.answer import Value


@dataclass(frozen=True, slots=True)
class Received:
    """One message as it came: when (UTC), over which listener, from which address, by which way (udp, tcp, tls), and from which port."""

    at: datetime
    listener: str
    address: str
    data: bytes
    way: str = "udp"
    port: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """One SNMP trap or inform.

    *oid* is the notification's (of a version 1 trap the one RFC 3584 §3.1
    makes of it), *variables* are pairs of full OID and value in the packet's
    order. *user* is the SNMPv3 user, empty for a community. *request* is the
    packet's own number, the same when it is sent again. *answer* confirms
    an inform: it is sent when the notification is stored, not before.
    """

    at: datetime
    listener: str
    address: str
    oid: str
    variables: tuple[tuple[str, Value], ...] = ()
    version: int = 2
    user: str = ""
    request: int = 0
    answer: bytes = field(default=b"", repr=False)
    raw: bytes = field(default=b"", repr=False)
    way: str = "trap"
