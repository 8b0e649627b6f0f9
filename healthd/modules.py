"""Find the modules that make up an extensible folder.

A folder such as ``platforms`` is its own registry: one file, one member, and
the file's name is the member's name. A leading ``_`` keeps a file private.
"""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from healthd.errors import UnknownName


@cache
def names(package: ModuleType) -> tuple[str, ...]:
    """Return the member names of *package*, sorted."""
    return tuple(sorted(m.name for m in iter_modules(package.__path__) if not m.ispkg and m.name[0] != "_"))


def load(package: ModuleType, name: str) -> ModuleType:
    """Import member *name* of *package*.

    Raises:
        UnknownName: there is no such file; the message calls it as the folder is called (platforms: platform).
    """
    if name not in names(package):
        raise UnknownName(package.__name__.rpartition(".")[2].removesuffix("s"), name, names(package))
    return import_module(f"{package.__name__}.{name}")


def every(package: ModuleType) -> list[ModuleType]:
    """Import all members of *package*, in the order of their names."""
    return [load(package, name) for name in names(package)]


def nearest(package: ModuleType, folders: Sequence[str]) -> list[ModuleType]:
    """Import every member of *package*, each from the first of *folders* that has it.

    *folders* are names of sub-packages, most specific first; the package
    itself comes last, so a sub-package need only hold what differs. A member
    that only a sub-package has belongs to that sub-package's users alone.
    """
    inner = {m.name for m in iter_modules(package.__path__) if m.ispkg}
    homes = [import_module(f"{package.__name__}.{folder}") for folder in folders if folder in inner] + [package]
    found = {name: home for home in reversed(homes) for name in names(home)}
    return [load(home, name) for name, home in sorted(found.items())]
