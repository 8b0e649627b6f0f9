"""The desks that cases go to, as the settings and the customers' policies name them, and the daemon's part that does errands on them."""

import os
import socket
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime
from types import ModuleType
from typing import TYPE_CHECKING, Any

from healthd.cli import _desk
from healthd.cli._context import Context
from healthd.errors import ConfigError
from healthd.inventory.credentials import fetch
from healthd.model.phrase import Phrase

if TYPE_CHECKING:
    from healthd.caseclient.backend import Backend, Means
    from healthd.daemon.errands import Errands

HERE = "embedded"


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def usual(there: Context) -> str:
    """Return the desk that cases go to where a customer's policy names none: of the settings, else of the service center."""
    from healthd.errands import Settings

    return there.settings("case", Settings).backend or there.inventory.tac.desk


def names(there: Context) -> tuple[str, ...]:
    """Return the desks that cases go to, the usual one first."""
    chosen = usual(there)
    return tuple(dict.fromkeys((chosen, *(each.cases.desk or chosen for each in there.customers()))))


def desks(there: Context) -> "Mapping[str, Backend]":
    """Return the desks that cases go to, by name; nothing is asked of them yet.

    Raises:
        ConfigError: one of them is not set up.
        UnknownName: there is no such desk.
    """
    from healthd import modules
    from healthd.caseclient import backends

    made = means(there)
    return {name: _desk_of(modules.load(backends, name), name, there, made) for name in names(there)}


def _desk_of(member: ModuleType, name: str, there: Context, made: "Means") -> "Backend":
    said = there.settings(f"case.{name}", member.Settings)
    lacking = [key for key in getattr(member, "NEEDED", ()) if not getattr(said, key)]
    if lacking:
        raise ConfigError(
            f"[case.{name}]: cases go to this desk, but {lacking[0]} is not said; add it, or choose another backend in [case]"
        )
    found: Backend = member.Desk(with_secrets(said, f"[case.{name}]"), made)
    return found


def with_secrets(said: Any, table: str) -> Any:
    """Return the settings *said* with the secret ``x`` of each reference ``x_ref``."""
    references = {each.name: getattr(said, each.name) for each in fields(said) if each.name.endswith("_ref")}
    return replace(said, **{name.removesuffix("_ref"): fetch(ref, f"{table} {name}") for name, ref in references.items() if ref})


def means(there: Context) -> "Means":
    """Return what desks work with: the language of the settings, the files of the store, the outbox."""
    from healthd.caseclient.backend import Means
    from healthd.errands import Settings
    from healthd.reports.language import language
    from healthd.store import files, outbox

    spoken = language(there.settings("case", Settings).language)
    return Means(
        say=spoken.sentence,
        file=files.get,
        post=lambda message: outbox.put("", [message], utc_now()),
        now=utc_now,
        tell=_desk.telling(there),
    )


def part(there: Context) -> "Errands":
    """Return the daemon's part that does the errands."""
    from healthd.daemon.errands import Errands
    from healthd.errands import Settings, Worker
    from healthd.notify.notices.trouble import troubles
    from healthd.store import outbox

    tell = _desk.telling(there)

    def alarm(about: str, said: Phrase) -> None:
        now = utc_now()
        outbox.put("", list(troubles(about, [said], tell.roster(), now, tell.speaker)), now)

    owner = f"{socket.gethostname()}:{os.getpid()}"[:100]
    said, speak = there.settings("case", Settings), means(there).say
    # Our own desk costs no request: what people do on it is known within half a minute.
    paces = {HERE: replace(said, words_s=min(said.words_s, 30.0))}
    return Errands(
        workers=[
            Worker(owner=owner, desk=desk, settings=paces.get(name, said), alarm=alarm, tell=speak) for name, desk in desks(there).items()
        ]
    )
