"""``healthd roster``: who is on duty, who swaps with whom, and where nobody is."""

import json
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from healthd.cli import _case
from healthd.cli._case import Author, Config, Data, Inventory, Json, Lang
from healthd.errors import ConfigError
from healthd.model.tac import Role, Tac

if TYPE_CHECKING:
    from healthd.model.tac import Person

app = typer.Typer(help="Who is on duty, who swaps, and where nobody is.", no_args_is_help=True)
At = Annotated[str, typer.Option("--at", help="At this moment, as 2026-03-01T22:00; now when left out.")]


@app.callback()
def group() -> None:
    """Who is on duty, who swaps, and where nobody is."""


@app.command()
def show(
    at: At = "", as_json: Json = False, lang: Lang = None, config: Config = None, inventory: Inventory = None, data: Data = None
) -> None:
    """Show who is on duty for each role, in the order in which they are asked, and the swaps that hold or are to come.

    Examples: healthd roster show · healthd roster show --at 2026-03-01T22:00 --json
    """
    desk = _case.opened(config, inventory, data, lang=lang)
    moment = desk.moment(at, "--at") if at else desk.now
    duty = {role: desk.tac.on_duty(role, moment) for role in Role}
    if as_json:
        for role, people in duty.items():
            said = [{"name": each.name, "phone": each.phone, "email": each.email} for each in people]
            print(json.dumps({"role": role.value, "at": moment.isoformat(), "people": said}, ensure_ascii=False))
        return
    print(*_lines(desk, duty, moment), sep="\n")


def _lines(desk: "_case.Desk", duty: "dict[Role, tuple[Person, ...]]", moment: datetime) -> list[str]:
    from healthd.cli import _columns
    from healthd.model import terms
    from healthd.model.phrase import say

    speaker = desk.language()
    lines = [speaker.say(say("On duty at {at} ({zone})", at=moment, zone=speaker.offset(moment)))]
    roles = {role: speaker.say(terms.ROLES[role]) for role in duty}
    columns = max(map(_columns.width, roles.values()))
    for role, people in duty.items():
        named = ", ".join(" · ".join(filter(None, (each.title or each.name, each.phone))) for each in people)
        gap = _columns.coloured(speaker.say(say("nobody")), _columns.RED)
        lines.append(f"  {_columns.padded(roles[role], columns)}  {named or gap}")
    coming = [each for each in desk.tac.swaps if each.end > moment]
    lines += ["", speaker.say(say("Swaps"))] if coming else []
    for each in coming:
        span = say("{start} to {end}", start=each.start, end=each.end)
        reason = speaker.aside(f"{each.author}: {each.reason}" if each.reason else each.author)
        lines.append(f"  {speaker.say(span)}  {roles[each.role]}: {', '.join(each.people)}{reason}")
    return lines


@app.command("set")
def set_(
    role: Annotated[str, typer.Option("--role", help="hotline, engineer, senior-engineer, duty-manager …")],
    people: Annotated[list[str], typer.Option("--person", help="Who does it instead; said again: who is asked next.")],
    start: Annotated[str, typer.Option("--from", help="Beginning, as 2026-03-01T20:00.")],
    end: Annotated[str, typer.Option("--to", help="End.")],
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "",
    author: Author = "",
    as_json: Json = False,
    lang: Lang = None,
    config: Config = None,
    inventory: Inventory = None,
    data: Data = None,
) -> None:
    """Swap a shift: for this time these people have the role, whatever tac.yaml says. A later swap wins over an earlier one.

    Example: healthd roster set --role engineer --person anna.berg --from 2026-03-01T17:30 --to 2026-03-02T08:30 --reason "Zhao is ill"
    """
    from healthd.desk import roster
    from healthd.model.tac import Swap

    if role not in [each.value for each in Role]:
        raise ConfigError(f"--role: found {role!r}; allowed: {', '.join(each.value for each in Role)}")
    desk = _case.opened(config, inventory, data, author, lang)
    span = (desk.moment(start, "--from"), desk.moment(end, "--to"))
    if span[0] >= span[1]:
        raise ConfigError(f"--to: found {end!r}, which is not after --from; allowed: a later time")
    made = Swap(role=Role(role), people=tuple(people), start=span[0], end=span[1], author=desk.who, at=desk.now, reason=reason)
    roster.swap(desk.tac, made, desk.now)
    if as_json:
        said = {
            "role": role,
            "people": people,
            "from": made.start.isoformat(),
            "to": made.end.isoformat(),
            "reason": reason,
            "author": made.author,
        }
        print(json.dumps(said, ensure_ascii=False))
        return
    zone = desk.tac.zone
    print(f"{role}: {', '.join(people)} from {made.start.astimezone(zone):%Y-%m-%d %H:%M} to {made.end.astimezone(zone):%Y-%m-%d %H:%M}")


@app.command()
def check(
    days: Annotated[int, typer.Option("--days", min=1, max=366, help="How many days ahead.")] = 30,
    as_json: Json = False, lang: Lang = None, config: Config = None, inventory: Inventory = None, data: Data = None,
) -> None:  # fmt: skip
    """Say where the roster has holes, and who of the service center cannot be told anything.

    Exit status 10 where there are some. Example: healthd roster check --days 60
    """
    from healthd.desk import roster

    desk = _case.opened(config, inventory, data, lang=lang)
    start = desk.now.astimezone(desk.tac.zone).replace(minute=0, second=0, microsecond=0)
    found = [*_people(desk.tac), *_holes(desk.tac, roster.holes(desk.tac, start, start + timedelta(days=days)))]
    if as_json:
        print(json.dumps({"days": days, "holes": found}, ensure_ascii=False))
    else:
        print(*found, sep="\n", end="\n" if found else "")
        print(f"{len(found)} holes in {days} days" if found else f"no hole in {days} days", file=sys.stderr)
    if found:
        raise typer.Exit(10)


def _people(tac: Tac) -> list[str]:
    if not tac.people:
        return ["tac.yaml names nobody: no case can be assigned and nobody is told of one; write it beside the customers' folders"]
    return [f"nobody has the role {role.value}; add it to somebody in tac.yaml" for role in Role if not tac.having(role)]


def _holes(tac: Tac, holes: "Sequence[tuple[Role, datetime, datetime]]") -> list[str]:
    zone = tac.zone
    staffed = [each for each in holes if tac.having(each[0])]
    return [
        f"{role.value}: nobody from {start.astimezone(zone):%Y-%m-%d %H:%M} to {end.astimezone(zone):%Y-%m-%d %H:%M}"
        for role, start, end in staffed
    ]
