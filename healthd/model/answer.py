"""What a device answered to a set of requests."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from healthd.model.request import Get, Request, Show, Walk

Value = int | float | bytes | str
"""INTEGER, Counter, Gauge and TimeTicks are int; OCTET STRING is bytes; OBJECT IDENTIFIER and IpAddress are dotted text."""

Row = Mapping[str, Value]
"""Object name to value; a column the device lacks is absent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Answers by request.

    *unsupported* holds the requests of which the device knows nothing at all:
    a result, neither 0 nor a failure. *errors* are sentences about answers
    that broke off or broke the protocol; what came before is kept.
    """

    gets: Mapping[Get, Row] = field(default_factory=dict)
    walks: Mapping[Walk, Mapping[str, Row]] = field(default_factory=dict)
    shows: Mapping[Show, str] = field(default_factory=dict)
    unsupported: frozenset[Request] = frozenset()
    errors: tuple[str, ...] = ()
    requests: int = 0
    seconds: float = 0.0

    def row(self, get: Get) -> Row:
        """Return the objects of *get* that the device has."""
        return self.gets.get(get, {})

    def rows(self, walk: Walk) -> Mapping[str, Row]:
        """Return the table's rows by their index as dotted text, in the device's order; empty when unsupported."""
        return self.walks.get(walk, {})

    def text(self, show: Show) -> str | None:
        """Return what *show* printed, or None when it was not asked or refused."""
        return self.shows.get(show)

    def joined(self, other: "Answers") -> "Answers":
        """Return these answers and *other*'s as one; what was asked twice is taken from *other*."""
        return Answers(
            gets={**self.gets, **other.gets},
            walks={**self.walks, **other.walks},
            shows={**self.shows, **other.shows},
            unsupported=self.unsupported | other.unsupported,
            errors=(*self.errors, *other.errors),
            requests=self.requests + other.requests,
            seconds=self.seconds + other.seconds,
        )


def text(value: Value | None) -> str:
    r"""Return *value* as text for people: bytes that are no UTF-8 text appear as ``\xNN``; None is empty.

    A NUL byte ends the text, as devices pad fixed fields with it; other
    control characters are shown as escapes, so that nothing acts on a
    terminal or a page.
    """
    if value is None:
        return ""
    if not isinstance(value, bytes):
        return str(value)
    said = value.split(b"\0", 1)[0].decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() or c in "\n\t\r" else f"\\x{ord(c):02x}" for c in said).strip()
