"""Two folders beside the database, for their owner alone: messages that were pulled and not yet kept, and upload credentials.

A message that left Cisco's queue is in no other place: it is on disk, whole,
before anything else is done with it, whether or not the database can write.
Upload credentials are secrets: they stand here and nowhere else.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from healthd.caseclient.cisco.heard import Upload
from healthd.model.secret import Secret


def _written(path: Path, text: str) -> None:
    """Write *text* so that after a crash it is there whole, or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    young = path.with_name(f".{path.name}.new")
    with os.fdopen(os.open(young, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8", errors="surrogatepass") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    young.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@dataclass(frozen=True, kw_only=True)
class Spool:
    """Messages that wait to be kept in the database."""

    folder: Path

    def put(self, raw: str, at: datetime) -> str:
        """Keep *raw* and return its number."""
        number = f"{at:%Y%m%dT%H%M%S%f}-{os.urandom(3).hex()}"
        _written(self.folder / f"{number}.json", raw)
        return number

    def waiting(self) -> Iterator[tuple[str, str]]:
        """Yield number and text of each message, the oldest first."""
        for path in sorted(self.folder.glob("[0-9]*.json")):
            yield path.stem, path.read_text("utf-8", errors="replace")

    def done(self, number: str) -> None:
        """Forget the message *number*: it is kept elsewhere."""
        (self.folder / f"{number}.json").unlink(missing_ok=True)


@dataclass(frozen=True, kw_only=True)
class Keys:
    """Upload credentials by Cisco's number."""

    folder: Path

    def keep(self, upload: Upload) -> None:
        """Keep *upload*; a newer one replaces it."""
        if upload.sr.isdecimal():
            said = {"host": upload.host, "token": upload.token.reveal(), "until": upload.until}
            _written(self.folder / f"{upload.sr}.json", json.dumps(said))

    def find(self, sr: str, now: datetime) -> Secret | None:
        """Return the token for *sr*; None when there is none, or it has run out."""
        path = self.folder / f"{sr}.json"
        if not sr.isdecimal() or not path.exists():
            return None
        said = json.loads(path.read_text("utf-8"))
        if said["until"] is not None and now.timestamp() > said["until"]:
            path.unlink()
            return None
        return Secret(said["token"])
