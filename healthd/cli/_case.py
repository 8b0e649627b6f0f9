"""What all commands on a case share: their options, how an act is written, and what they print."""

import json
import mimetypes
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from healthd.cli import _context
from healthd.cli._desk import Desk
from healthd.errors import ConfigError
from healthd.model.case import Case, Channel, Did, Entry

if TYPE_CHECKING:
    from healthd.model.clock import Clock

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="The case's number, as 2611-0042.")]
Author = Annotated[str, typer.Option("--author", help="Who does it: a login name of tac.yaml; yours when left out.")]
At = Annotated[str, typer.Option("--at", help="When it happened, if not now; in the service center's time zone unless it names one.")]
Version = Annotated[
    int | None, typer.Option("--version", help="Only if nobody has changed the case since this version (case show --json).")
]
Visible = Annotated[bool, typer.Option("--visible", help="The customer may read it, and is told.")]
Files = Annotated[list[Path] | None, typer.Option("--file", help="Attach this file; can be said again.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object per line.")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Say what would become of the case, and write nothing.")]
Lang = Annotated[str | None, typer.Option("--lang", help="en or zh-CN; the locale's when left out.")]
Config, Inventory, Data = _context.ConfigOption, _context.InventoryOption, _context.DataOption
VIAS = {
    "phone": Channel.HOTLINE, "hotline": Channel.HOTLINE, "mail": Channel.MAIL, "email": Channel.MAIL, "fax": Channel.FAX,
    "web": Channel.WEB, "branch": Channel.BRANCH, "desk": Channel.DESK, "cisco": Channel.CISCO,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How an act is written down: *author*, *at* (empty: now), the *version* that was read, *visible* to the customer, with *files*; *dry*: not at all."""

    author: str = ""
    at: str = ""
    version: int | None = None
    visible: bool = False
    files: Sequence[Path] = ()
    channel: Channel = Channel.DESK
    who: str = ""
    dry: bool = False


def opened(config: Path | None, inventory: Path | None, data: Path | None, author: str = "", lang: str | None = None) -> Desk:
    """Return the desk that a command's options ask for, with the store open."""
    return Desk(there=_context.context(config, inventory, data), author=author, spoken=lang)


def via(said: str) -> Channel:
    """Return the channel that *said* names.

    Raises:
        ConfigError: there is none of that name.
    """
    if said not in VIAS:
        raise ConfigError(f"--via: found {said!r}; allowed: {', '.join(sorted(VIAS))}")
    return VIAS[said]


def act(desk: Desk, number: str, did: Did, how: How, words: str = "", /, **facts: str) -> Case:
    """Write one act into the case *number*, and return the case; empty facts are left out. What is only tried is remembered by *desk*.

    Raises:
        NotAllowed, Conflict, UnknownName: as ``desk.act``.
    """
    from healthd.desk import desk as core
    from healthd.desk import lifecycle

    before = desk.tried.get(number) or core.found(number)
    at = desk.moment(how.at, "--at") if how.at else desk.now
    said = {"role": desk.roles, **facts}
    entry = Entry(
        at=at,
        who=how.who or desk.who,
        channel=how.channel,
        did=did,
        text=words.strip(),
        visible=how.visible,
        facts=tuple((name, value) for name, value in said.items() if value),
        files=kept(before.customer, how.files, desk.now) if how.files and not how.dry else (),
    )
    if how.dry:
        lifecycle.check(before, entry)
        desk.tried[number] = lifecycle.apply(before, entry)
        return desk.tried[number]
    return core.act(number, entry, version=how.version, now=desk.now, tell=desk.tell)


def kept(customer: str, files: Sequence[Path], now: datetime) -> tuple[str, ...]:
    """Keep *files* of the disk and return their ids.

    Raises:
        ConfigError: one cannot be read, or is too large.
    """
    from healthd.model.message import Attachment
    from healthd.store import files as store

    ids = []
    for file in files:
        media = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        try:
            ids.append(store.put(customer, Attachment(name=file.name, media=media, data=file.read_bytes()), now))
        except ValueError as error:
            raise ConfigError(f"--file: {error}") from None
    return tuple(ids)


def clocks(desk: Desk, case: Case) -> "tuple[Clock, ...]":
    """Return the clocks of *case* as they stand."""
    from healthd.desk import clocks as clocks_

    return clocks_.clocks(case, desk.customer(case.customer), desk.tac, desk.now)


def shown(desk: Desk, case: Case, as_json: bool) -> None:
    """Print what has become of *case*, or would: its state, and what comes next."""
    from healthd.cli._case_rows import case_object
    from healthd.desk.outlook import limit, outlook
    from healthd.model import terms

    if desk.tried:
        print("dry run: nothing was written", file=sys.stderr)
    if as_json:
        print(json.dumps(case_object(case), ensure_ascii=False))
        return
    speaker = desk.language()
    print(f"Case {case.number}  {case.priority.name}  {speaker.say(terms.STATES[case.state])}")
    for each in [each for each in outlook(case, clocks(desk, case), desk.tac, desk.now) if not each.threat][:2]:
        until = speaker.aside(speaker.say(limit(each.until, desk.now))) if each.until else ""
        print(f"  → {speaker.pair(speaker.say(each.who), speaker.say(each.what))}{until}")
