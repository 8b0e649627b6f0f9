"""When the machine opens a case by itself, as a customer agreed to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum


class Mode(StrEnum):
    """What is done about a trouble: nothing, a draft that a person may open, or a case at once."""

    OFF = "off"
    DRAFT = "draft"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the machine may do for one customer.

    *rules* say it by rule, *others* for all rules that are not named there
    (None: as the defaults of ``caseclient.policy`` say). *desk* is the case
    backend, the TAC's own when empty. *hold* is how long a loss of a device
    must last, *suspect* how long a first proof waits for a second one,
    *settle* how long a state must last until it is told as the last word.
    *reopen* is how long after its end a case is taken up again instead of a
    new one. Of one case at most *notices* are sent an hour, and at most
    *most* cases each of outages, of failed parts and of all else are opened
    an hour; one digest holds what is beyond.
    """

    rules: Mapping[str, Mode] = field(default_factory=dict)
    others: Mode | None = None
    desk: str = ""
    hold: timedelta = timedelta(minutes=1)
    suspect: timedelta = timedelta(minutes=10)
    settle: timedelta = timedelta(minutes=5)
    reopen: timedelta = timedelta(hours=24)
    notices: int = 3
    most: int = 10
