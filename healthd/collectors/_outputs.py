"""From a command's output to facts: the readers in ``shows`` that read it, and the boundary around each."""

import re
from collections.abc import Iterator, Sequence
from types import ModuleType

from healthd import modules
from healthd.collectors import shows
from healthd.model.observation import Fact
from healthd.model.screen import clean

_NAMED = re.compile(r"``((?:admin )?(?:show|dir)[^`]*)``")
_SHORT = re.compile(r"(?:admin |do )?sh(?:ow?)?(?= )")


def readers(folders: Sequence[str]) -> list[ModuleType]:
    """Return the readers of the command line for a platform; *folders* are its name and those it is like."""
    return modules.nearest(shows, folders)


def normal(command: str) -> str:
    """Return *command* as ``reads`` is asked for it.

    That is in lower case with single blanks, "show" in full and without what
    only says where it is given ("admin", "do"), without output filters.
    """
    bare = " ".join(command.split("|", 1)[0].lower().split())
    return f"show{bare[found.end() :]}" if (found := _SHORT.match(bare)) else bare


def reading(those: Sequence[ModuleType], command: str) -> list[ModuleType]:
    """Return the ones of *those* that read *command*."""
    said = normal(command)
    return [reader for reader in those if reader.reads(said)]


def facts(those: Sequence[ModuleType], text: str, command: str, errors: list[str]) -> Iterator[Fact]:
    """Yield what those of *those* that read *command* find in its output; one that fails becomes an entry of *errors*."""
    body = clean(text, command)
    for reader in reading(those, command):
        try:
            yield from reader.read(body, normal(command))
        except Exception as error:  # noqa: BLE001 - the boundary around one reader: a strange output must not cost the others
            errors.append(f"{reader.__name__.removeprefix('healthd.collectors.')}: {command}: {type(error).__name__}: {error}")


def named(those: Sequence[ModuleType]) -> list[str]:
    """Return the commands that *those* name in their docstrings, sorted."""
    return sorted({command for reader in those for command in _NAMED.findall(reader.__doc__ or "")})
