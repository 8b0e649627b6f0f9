"""Octets that are addresses."""

from ipaddress import ip_address

from healthd.model.answer import Value, text


def mac(value: Value | None) -> str:
    """Return six octets as ``00:11:22:aa:bb:cc``; empty for anything else and for all zeros, which means "none"."""
    if not isinstance(value, bytes) or len(value) != 6 or not any(value):
        return ""
    return value.hex(":")


def address(value: Value | None) -> str:
    """Return an IP address out of 4 or 16 octets or dotted text, empty when it is none. A zone (20 octets, 4 of scope) is left off."""
    octets = value[:-4] if isinstance(value, bytes) and len(value) in (8, 20) else value
    try:
        return str(ip_address(octets)) if isinstance(octets, bytes | str) and octets else ""
    except ValueError:
        return ""


def inside(arcs: list[str]) -> str:
    """Return the address at the end of an index: its length, then its octets; empty when it is none."""
    if not arcs or len(arcs) != int(arcs[0]) + 1 or any(int(arc) > 255 for arc in arcs):
        return ""
    return address(bytes(int(arc) for arc in arcs[1:]))


def readable(value: Value | None) -> str:
    """Return text, or the octets as hexadecimal pairs where they are not meant to be read."""
    if isinstance(value, bytes) and value and not all(32 <= octet < 127 for octet in value.rstrip(b"\0")):
        return value.hex(":")
    return text(value)
