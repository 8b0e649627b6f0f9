"""The way in which devices are pinged."""

from collections.abc import Iterator

from healthd.doctor._patient import Found, Patient, bad, good, note
from healthd.transports import icmp

ORDER = 20


def check(patient: Patient) -> Iterator[Found]:
    """Say which way is open to us."""
    settings = patient.tables["icmp"]
    way = icmp.way(settings)
    if settings.way == "raw" and icmp.way(icmp.Settings()) != "raw":
        yield bad(
            "pings by raw socket are wanted and not permitted", 'grant CAP_NET_RAW (the systemd unit does), or set [icmp] way = "auto"'
        )
    elif way == "off":
        yield note("pings are switched off: devices are reached over SNMP alone", 'set [icmp] way = "auto"')
    elif way == "tcp":
        yield note("pings are not permitted and fping is missing: TCP is tried instead", "grant CAP_NET_RAW, or apt-get install fping")
    else:
        yield good(f"devices are pinged by {way}")
