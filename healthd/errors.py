"""Every error healthd raises on purpose.

HealthdError
  ConfigError            the settings or the inventory say something healthd cannot do
    UnknownName          a name stands for nothing that there is
    InventoryError       one or more mistakes in an inventory, all of them at once
  CollectError           a device could not be asked, would not answer, or was not understood
    Unreachable          nothing listens at the address, or the path to it is down
    TimedOut             something is there, but no answer came in time
    Refused              the device answered and said no: authentication, authorisation
    HostKeyMismatch      the SSH host key is unknown or has changed; nothing was sent
    NotUnderstood        the answer does not follow its protocol
  NotSent                a message was not handed over; ``permanent`` says that trying again is vain
  StoreError             the database is missing, locked, full, damaged or of another version
    Conflict             somebody else changed it since it was read; nothing was written
  NotAllowed             the process does not allow this now; the message says what is allowed
  DeskError              a ticket system or a Cisco service did not do what it was asked; ``again`` says whether trying again may help
  RenderError            a report could not be made into a PDF

A message says what, where, and what there is or what to do; it never holds a
secret. Every class carries ``exit_status``, the command line's answer.
"""

import re
from difflib import get_close_matches

_TOLD = 10
"""Names that a message tells; an inventory has thousands."""


class HealthdError(Exception):
    """Base of all errors healthd raises on purpose."""

    exit_status = 1


class ConfigError(HealthdError):
    """The settings or the inventory say something healthd cannot do."""

    exit_status = 2


class UnknownName(ConfigError):
    """A name stands for nothing; *kind* says of what (device, platform …), *known* are those that there are, of many those near it are told."""

    exit_status = 3

    def __init__(self, kind: str, name: str, known: tuple[str, ...]) -> None:
        self.kind, self.name, self.known = kind, name, known
        told = (_near(name, known) or known[:_TOLD]) if len(known) > _TOLD else known
        more = f" and {len(known) - len(told)} more" if len(known) > len(told) else ""
        super().__init__(f"unknown {kind} {name!r}; known: {', '.join(told) or 'none'}{more}")


def _near(name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of *known* that may have been meant: spelt much like *name*, with it inside, or of one family (psu.…, LINK-…)."""
    family = re.match(r"[^.-]+[.-]|", name.casefold())
    holding = (each for each in known if name and name.casefold() in each.casefold())
    related = (each for each in known if family and family[0] and each.casefold().startswith(family[0]))
    return tuple(dict.fromkeys((*get_close_matches(name, known, _TOLD), *holding, *related)))[:_TOLD]


class InventoryError(ConfigError):
    """Mistakes in an inventory; ``mistakes`` are finished sentences, one each."""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(mistakes))


class CollectError(HealthdError):
    """A device could not be asked, would not answer, or was not understood."""

    exit_status = 6


class Unreachable(CollectError):
    """Nothing listens at the device's address, or the path to it is down."""


class TimedOut(CollectError):
    """Something may be there, but no answer came in time."""


class Refused(CollectError):
    """The device answered and said no: authentication, authorisation, privilege."""

    exit_status = 4


class HostKeyMismatch(Refused):
    """The SSH host key is unknown or has changed; no password and no command was sent."""


class NotUnderstood(CollectError):
    """The answer does not follow its protocol."""


class NotSent(HealthdError):
    """A message was not handed over."""

    def __init__(self, why: str, *, permanent: bool = False) -> None:
        self.permanent = permanent
        super().__init__(why)


class StoreError(HealthdError):
    """The database is missing, locked, full, damaged or of another version."""


class Conflict(StoreError):
    """Somebody else changed it since it was read; nothing was written."""

    exit_status = 5


class NotAllowed(HealthdError):
    """The service process does not allow this now; the message says what is allowed."""

    exit_status = 5


class DeskError(HealthdError):
    """A ticket system or a Cisco service did not do what it was asked.

    *again* says whether trying again may help, and *unsure* that the request
    may have been carried out all the same: search before it is repeated.
    *wait_s* is how long the other side wants us to wait, where it says so,
    *status* its answer's status where HTTP was spoken and understood.
    """

    def __init__(self, why: str, *, again: bool = True, unsure: bool = False, wait_s: float | None = None, status: int = 0) -> None:
        self.again, self.unsure, self.wait_s, self.status = again, unsure, wait_s, status
        super().__init__(why)


class RenderError(HealthdError):
    """A report could not be made into a PDF."""
