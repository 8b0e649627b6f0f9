"""What the commands of the case desk need: the store, the service center with its roster, the customers, and whom to tell."""

import getpass
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from healthd.cli import _context
from healthd.errors import ConfigError, UnknownName
from healthd.model.case import Case
from healthd.model.device import Customer
from healthd.model.tac import Person, Tac

if TYPE_CHECKING:
    from healthd.daemon.desking import Desking
    from healthd.notify.telling import Telling
    from healthd.reports.language import Language


@dataclass(kw_only=True)
class Desk:
    """One command's desk. *author* is who says so, *spoken* the language that was asked for, *tried* what was only tried."""

    there: _context.Context
    author: str = ""
    spoken: str | None = None
    tried: dict[str, Case] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.there.open_store()

    @cached_property
    def now(self) -> datetime:
        """The moment of the command."""
        return datetime.now(UTC)

    @cached_property
    def tac(self) -> Tac:
        """The service center, with the swaps of its roster."""
        from healthd.desk import roster

        return roster.current(self.there.inventory.tac)

    @cached_property
    def tell(self) -> "Telling":
        """Who is told what, in which language."""
        return telling(self.there)

    @property
    def who(self) -> str:
        """Who acts: the author, else whoever is logged in."""
        return self.author or getpass.getuser()

    @property
    def person(self) -> Person | None:
        """Who acts, where they are of the service center."""
        return self.tac.person(self.who)

    @property
    def roles(self) -> str:
        """The roles of who acts, as entries name them."""
        return ",".join(sorted(self.person.roles)) if self.person else ""

    def customer(self, code: str) -> Customer | None:
        """Return the customer *code*, None when the inventory has none of that name any more."""
        return next((each for each in self.there.inventory.customers if each.code == code), None)

    def language(self, zone: str = "") -> "Language":
        """Return the language to speak, with times in *zone* (the service center's when empty)."""
        from healthd.reports.language import language

        return language(_context.language(self.spoken), zone or self.tac.zone.key)

    def moment(self, said: str, option: str) -> datetime:
        """Return the moment that *said* means, in the service center's zone unless it names one.

        Raises:
            ConfigError: it is none.
        """
        try:
            found = datetime.fromisoformat(said)
        except ValueError:
            raise ConfigError(f"{option}: found {said!r}; allowed: a time such as 2026-03-01T22:00, with or without +08:00") from None
        return (found if found.tzinfo else found.replace(tzinfo=self.tac.zone)).astimezone(UTC)

    def ours(self, name: str) -> str:
        """Return the login of who of the service center is called *name*, empty when nobody is."""
        person = self.tac.named(name)
        return person.name if person else ""

    def colleague(self, name: str) -> str:
        """Return *name* when somebody of the service center is called so.

        Raises:
            UnknownName: nobody is.
        """
        if self.tac.person(name) is None:
            raise UnknownName("person", name, tuple(each.name for each in self.tac.people))
        return name


def telling(there: _context.Context) -> "Telling":
    """Return who is told of cases, with the inventory of *there*; the store must be open."""
    from healthd.desk import replies, roster, survey
    from healthd.notify.telling import Telling
    from healthd.reports.language import language
    from healthd.store import files

    center = there.inventory.tac
    return Telling(
        customers={each.code: each for each in there.inventory.customers},
        roster=lambda: roster.current(center),
        speaker=lambda code, zone: language(code, zone.key),
        sign=lambda number: survey.token(number, datetime.now(UTC)),
        mark=lambda number: replies.signed(number, replies.key(datetime.now(UTC))),
        files=files.of,
    )


def clockwork(there: _context.Context) -> "Desking":
    """Return the daemon's part for the case desk."""
    from healthd.daemon.desking import Desking

    tell = telling(there)
    return Desking(customers=tell.customers, roster=tell.roster, tell=tell, speaker=tell.speaker)
