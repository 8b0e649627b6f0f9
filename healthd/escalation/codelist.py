"""Cisco's list of codes in a file beside the database, renewed once a day; an old list is better than none."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from healthd.caseclient.cisco import codes
from healthd.caseclient.cisco.bonding import Bonding
from healthd.caseclient.cisco.codes import Code
from healthd.errors import DeskError

log = logging.getLogger("healthd.cisco")
OLD = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Codes:
    """The list in *file*. Without a *bonding* it is only read."""

    file: Path
    bonding: Bonding | None
    now: Callable[[], datetime]

    def __call__(self) -> Sequence[Code]:
        """Return the list, renewed when it is older than a day and Cisco answers."""
        known = self._kept()
        if self.bonding is None or (known and self.now() - self._written() < OLD):
            return known
        try:
            found = self.bonding.codes(known)
        except DeskError as error:
            log.warning("Cisco's list of codes was not renewed: %s", error)
            return known
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        young = self.file.with_suffix(".new")
        young.write_text(codes.packed(found), "utf-8")
        young.replace(self.file)
        return found

    def _kept(self) -> tuple[Code, ...]:
        try:
            return codes.unpacked(self.file.read_text("utf-8"))
        except OSError:
            return ()

    def _written(self) -> datetime:
        return datetime.fromtimestamp(self.file.stat().st_mtime, UTC)
