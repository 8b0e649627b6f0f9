"""Messages into a folder, as mail files: for the demo, for tests, and for a relay that watches a folder."""

import os
from dataclasses import dataclass
from pathlib import Path

from healthd.errors import NotSent
from healthd.model.message import Message
from healthd.notify.mail import built


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Table ``[notify.folder]``."""

    path: Path = Path("outbox")
    sender: str = "healthd@localhost"


def send(settings: Settings, message: Message) -> str:
    """Write *message* as ``<key>.eml`` and return where; the same message again replaces itself."""
    name = "".join(c if c.isalnum() or c in "-_." else "-" for c in message.key).strip(".")[:150]
    target = settings.path / f"{name}.eml"
    new = target.with_suffix(".new")
    try:
        settings.path.mkdir(parents=True, exist_ok=True)
        with new.open("wb") as file:
            file.write(built(message, settings.sender).as_bytes())
            file.flush()
            os.fsync(file.fileno())
        new.replace(target)
    except OSError as error:
        raise NotSent(f"cannot write {target}: {error.strerror}") from error
    return f"file {target}"
