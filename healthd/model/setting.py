"""What a setting may be, said beside its default: the check of the file, the schema and the documents read the same bounds.

@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    retries: int = bound(2, least=0)

    def __post_init__(self) -> None:
        check(self)
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, field, fields
from typing import Any, TypeVar

T = TypeVar("T")
N = TypeVar("N", int, float)


class Unfit(ValueError):
    """A setting is not what it may be; *key* is its name, dotted where it stands in a table inside (``customers.ACME.ping_s``)."""

    def __init__(self, key: str, found: str, allowed: str) -> None:
        self.key, self.found, self.allowed = key, found, allowed
        super().__init__(f"{key}: found {found}; allowed: {allowed}")

    def within(self, table: str) -> "Unfit":
        """Return the same for a key of the table *table*."""
        return Unfit(f"{table}.{self.key}", self.found, self.allowed)


@dataclass(frozen=True, slots=True)
class Allowed:
    """*words* say what is allowed, *holds* whether a value is; one that may hold a *secret* is not shown."""

    words: str
    holds: Callable[[Any], bool]
    secret: bool = False

    def shown(self, value: object) -> str:
        """Return how a message names *value*."""
        return "something else" if self.secret else repr(value)


def bound(default: N, *, least: float | None = None, above: float | None = None, most: float | None = None) -> N:
    """Return a field for a number of *least* and more (or more than *above*), up to *most*."""
    low = f"above {above}" if above is not None else f"from {least}"
    high = "" if most is None else f" to {most}" if above is None else f", at most {most}"

    def holds(value: Any) -> bool:
        enough = value > above if above is not None else least is None or value >= least
        return bool(enough and (most is None or value <= most))

    return formed(default, f"a {'whole ' if isinstance(default, int) else ''}number {low}{high}", holds)


def chosen(default: str, *choices: str) -> str:
    """Return a field for one of *choices*."""
    return formed(default, ", ".join(choices), lambda value: value in choices)


def formed(default: T, words: str, holds: Callable[[Any], bool], *, secret: bool = False) -> T:
    """Return a field for a value that *holds* is true of; *words* say of which."""
    made: Any = field(default=default, metadata={"allowed": Allowed(words, holds, secret)})
    return made  # type: ignore[no-any-return]


def allowed(of: Field[Any]) -> Allowed | None:
    """Return what *of* may be besides its type, None where the type says all."""
    return of.metadata.get("allowed")


def default(of: Field[Any]) -> Any:
    """Return the default of *of*, None where it has none."""
    if of.default_factory is not MISSING:
        return of.default_factory()
    return None if of.default is MISSING else of.default


def check(settings: Any) -> None:
    """Raise Unfit for the first value of *settings* that is not allowed."""
    for each in fields(settings):
        limit, value = allowed(each), getattr(settings, each.name)
        if limit and not limit.holds(value):
            raise Unfit(each.name, limit.shown(value), limit.words)
