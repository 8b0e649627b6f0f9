"""Keys by which healthd signs links and answers, so that it knows its own again. They never leave the database."""

import secrets
from datetime import datetime

from healthd.errors import Conflict
from healthd.model.record import Head
from healthd.store import journal
from healthd.store._transact import writes
from healthd.store.delegated import delegable

KIND = "key"
OCTETS = 32


def signing(purpose: str, now: datetime) -> bytes:
    """Return the key for *purpose*, the same for every process of this database; it is made when it is first asked for."""
    found = journal.heads(KIND, key=purpose)
    return found[0].value if found else _make(purpose, now)


@delegable
@writes
def _make(purpose: str, now: datetime) -> bytes:
    made = Head(kind=KIND, number=purpose, customer="", value=secrets.token_bytes(OCTETS), key=purpose, open=False)
    try:
        journal.begin(made, (), now)
    except Conflict:  # another process was quicker
        return journal.head(KIND, purpose).value
    return made.value
