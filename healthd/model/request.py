"""Questions to a device. They can only read."""

import re
from dataclasses import dataclass

_READS = re.compile(r"(?:show|dir)(?: [\w./:()\-]+)*")
_FILTER = re.compile(r"(?:include|exclude|begin|section|count|no-more|i|e|b|s)(?: [\w./:()\-^$*+ ]+)?")
_CHANGES = re.compile(r"show (?:.* )?(?:redirect|append|tee)\b|show tech-support .*file")


@dataclass(frozen=True, slots=True, kw_only=True)
class Get:
    """Single objects of *mib*: pairs of object name and full OID, instance included."""

    mib: str
    objects: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """Columns of one table.

    *entry* is the OID of the row object (ifEntry), *columns* are pairs of
    object name and the column's number below it.
    """

    mib: str
    table: str
    entry: str
    columns: tuple[tuple[str, int], ...]

    def oid(self, column: str) -> str:
        """Return the OID of *column*, to which a row's index is appended."""
        return f"{self.entry}.{dict(self.columns)[column]}"


@dataclass(frozen=True, slots=True)
class Show:
    """A command of the device's CLI; only those that read can be built."""

    command: str

    def __post_init__(self) -> None:
        command, *filters = self.command.split(" | ")
        reads = _READS.fullmatch(command) and not _CHANGES.match(command)
        if not reads or not all(_FILTER.fullmatch(each) for each in filters):
            raise ValueError(f"not a read-only command: {self.command!r}")


Request = Get | Walk | Show
