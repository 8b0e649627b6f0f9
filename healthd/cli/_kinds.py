"""The event classes that there can be: of log messages, of notifications, of what polling noticed."""

from healthd import intake, modules
from healthd.analysis import rules
from healthd.analysis.stream.changes import STATES
from healthd.analysis.stream.flaps import FLAPPING, SETTLED
from healthd.analysis.stream.heard import SUPPRESSED
from healthd.catalogue import traps
from healthd.catalogue.messages.read import entries
from healthd.collectors.traps import decode
from healthd.daemon import logbook
from healthd.errors import UnknownName
from healthd.model.event import SEVERITIES

OURS = frozenset({FLAPPING, SETTLED, SUPPRESSED, intake.UNREAD, logbook.UNDATED, decode.UNKNOWN, *(kind for kind, _ in STATES.values())})


def check(said: str) -> None:
    """Do nothing if *said* is a class or a family of classes; UnknownName tells the nearest of those that there are.

    A message that the catalogue does not know has a class of its facility and a severity: every such word is one.
    """
    family, _, happened = said.partition(".")
    known = kinds()
    if happened not in SEVERITIES and not any(kind == said or kind.startswith(f"{said}.") for kind in known):
        families = {kind.partition(".")[0] for kind in known}
        near = sorted(kind for kind in known if kind.startswith(f"{family}."))
        raise UnknownName("event class", said, tuple(near or (*sorted(families), *sorted(known))))


def kinds() -> frozenset[str]:
    """Return every class that the catalogue, the notifications and the rules give."""
    logged = {message.kind for message in entries()}
    trapped = {kind for each in modules.every(traps) for trap in each.TRAPS for kind in (trap.kind, trap.eased) if kind}
    polled = {f"{name}.{word}" for name in modules.names(rules) for word in ("found", "cleared")}
    return frozenset(logged | trapped | polled | OURS)
