"""What is printed about spare parts: the request form of one replacement, and the ledger of a month."""

from dataclasses import dataclass
from datetime import date, datetime

from healthd.model.interval import Interval
from healthd.model.phrase import Phrase
from healthd.model.rma import Replacement, Route
from healthd.model.spares import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A request form (备件申请表) to be printed: *found* with the names that people know things by.

    *tac* and *hotline* stand at its head. *match* is the own spare that would do, *due* the last day by the service
    process and *cisco* by Cisco, both None before Cisco's part has arrived; *days* are working days for the return.
    """

    found: Replacement
    made: datetime
    zone: str
    tac: str
    hotline: str = ""
    branch: str = ""
    engineer: str = ""
    match: Unit | None = None
    route: Route | None = None
    due: date | None = None
    cisco: date | None = None
    days: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One replacement in a month's register, as it was at the month's end.

    *due* is the last day by the service process, *cisco* Cisco's own; *late* are days after the nearer one, None
    where no clock has run yet. *price* is the list price of the faulty part, None where nobody has told it.
    """

    found: Replacement
    branch: str
    due: date | None = None
    cisco: date | None = None
    late: int | None = None
    price: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """Something in the month that should not be so: what, of which replacement or part, for how many days (None: not counted)."""

    kind: str
    subject: str
    text: Phrase
    branch: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """One kind of part in one branch over the month, in pieces; *lent* are own spares at customers that Cisco has not replaced yet."""

    branch: str
    pid: str
    opening: int
    came: int
    went: int
    lent: int
    closing: int
    least: int = 0
    value: str = ""
    booked: int | None = None
    found: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """The month in numbers: *days* the median from request to installation, *own* the share of own spares among issued parts (None: none was)."""

    opened: int
    closed: int
    open: int
    overdue: int
    dead: int
    days: float | None = None
    own: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The month-end ledger (备件与 RMA 月度台账) of *branch*, or of all (empty) as headquarters rolls them up.

    *month* is the span in the service center's *zone*; *until* is how far it was known when made. *owed* is how many
    parts are owed to Cisco, *risk* their list price, *unpriced* how many of those parts have no known price. *branches* has the numbers of each in the roll-up,
    *names* says how people call each.
    """

    month: Interval
    zone: str
    made: datetime
    tac: str
    branch: str
    title: str
    sums: Sums
    rows: tuple[Row, ...] = ()
    lacks: tuple[Lack, ...] = ()
    shelves: tuple[Shelf, ...] = ()
    branches: tuple[tuple[str, Sums], ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    currency: str = ""
    owed: int = 0
    risk: int = 0
    unpriced: int = 0
    hotline: str = ""
