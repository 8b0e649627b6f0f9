"""Something that is kept line by line, and what its lines make."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from healthd.model.interval import utc


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A record: *value* is what its lines make, *key* what it is about, *version* the number of its lines when it was read."""

    kind: str
    number: str
    customer: str
    value: Any
    key: str = ""
    state: str = ""
    open: bool = True
    version: int = 0
    changed: datetime | None = None

    def __post_init__(self) -> None:
        if self.changed is not None:
            object.__setattr__(self, "changed", utc(self.changed))
