"""What somebody is told of a case, before it is said in a language and put onto a channel."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from healthd.model.case import Case, Entry, Priority
from healthd.model.device import Contact, Customer
from healthd.model.message import Attachment
from healthd.model.phrase import Phrase
from healthd.model.tac import Person, Role, Tac


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A case as it was after *entry*, with those around it: what a notice is made of. *survey* is the token of the customer's answer, *mark* what proves that an answer is one to us, *files* what the entry brought."""

    case: Case
    entry: Entry
    tac: Tac
    customer: Customer
    now: datetime
    survey: str = ""
    mark: str = ""
    files: tuple[Attachment, ...] = ()

    @property
    def grave(self) -> bool:
        """Does it go to people at once, over their urgent channel?"""
        return self.case.priority <= Priority.P2


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody who is told: *staff* of the TAC, or of the customer's. Times are said in *zone*; *urgent* is a chat or SMS target."""

    name: str
    email: str = ""
    urgent: str = ""
    language: str = "en"
    zone: ZoneInfo
    staff: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of facts: what it is, and what it is for this case."""

    name: Phrase
    value: Phrase | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What *reader* is told. *expected* is what they are to do, *command* how at the desk; *basics* adds the case's own facts."""

    reader: Reader
    headline: Phrase
    sentences: tuple[Phrase | str, ...] = ()
    expected: Phrase | None = None
    command: str = ""
    rows: tuple[Row, ...] = ()
    urgent: bool = False
    basics: bool = True
    files: tuple[Attachment, ...] = ()


def staff(person: Person, tac: Tac) -> Reader:
    """Return *person* of the service center as a reader."""
    return Reader(name=person.title or person.name, email=person.email, urgent=person.urgent, language=person.language, zone=tac.zone)


def contact(found: Contact, customer: Customer) -> Reader:
    """Return somebody of the customer's as a reader, in their own language or the customer's first."""
    language = found.language or customer.languages[0]
    return Reader(name=found.name, email=found.email, language=language, zone=customer.zone, staff=False)


def having(scene: Scene, role: Role) -> tuple[Reader, ...]:
    """Return who has *role* on duty now; where the roster names nobody all who have it, and where nobody has it a manager: somebody must hear."""
    tac = scene.tac
    people = (
        tac.on_duty(role, scene.now) or tac.having(role) or tac.on_duty(Role.DUTY_MANAGER, scene.now) or tac.having(Role.CENTER_MANAGER)
    )
    return tuple(staff(each, tac) for each in people)


def called(scene: Scene, names: str) -> tuple[Reader, ...]:
    """Return whom *names* call, parted by commas: names of people, or of roles."""
    roles = {role.value for role in Role}
    found: list[Reader] = []
    for name in filter(None, (each.strip() for each in names.split(","))):
        person = scene.tac.person(name)
        found += having(scene, Role(name)) if name in roles else (staff(person, scene.tac),) if person else ()
    return tuple(found)


def engineer(scene: Scene) -> tuple[Reader, ...]:
    """Return the case's engineer; whoever is on duty at the hotline while it has none."""
    person = scene.tac.person(scene.case.engineer)
    return (staff(person, scene.tac),) if person else having(scene, Role.HOTLINE)


def opener(scene: Scene) -> tuple[Reader, ...]:
    """Return whom of the customer's the case speaks with: who called, else the first contact; nobody who cannot be written to."""
    named = scene.case.detail("caller") or scene.case.opening.contact
    known = scene.customer.contacts
    found = next((each for each in known if each.name == named), None) or _stranger(scene, named) or next(iter(known), None)
    return (contact(found, scene.customer),) if found and found.email else ()


def _stranger(scene: Scene, named: str) -> Contact | None:
    email = scene.case.detail("email")
    return Contact(name=named, email=email) if named and email else None


def moment(text: str) -> datetime | None:
    """Return the moment that a fact gives in ISO 8601, None where it gives none."""
    return datetime.fromisoformat(text) if text else None
