"""``healthd case``: the case desk: open, look, work, close."""

import json
import sys
from typing import Annotated

import typer

from healthd.cli import _case, _case_end, _case_work
from healthd.cli._case import Author, Config, Data, Dry, Files, How, Inventory, Json, Lang, Number
from healthd.errors import ConfigError
from healthd.model.case import State
from healthd.model.phrase import say

app = typer.Typer(help="The case desk: open cases, work them, close them.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """The case desk: open cases, work them, close them."""


@app.command("open")
def open_(
    customer: Annotated[str, typer.Option("--customer", "-c", help="The customer's code.")],
    title: Annotated[str, typer.Option("--title", help="What is wrong, in one line.")],
    text: Annotated[str, typer.Option("--text", help="What the caller says.")] = "",
    priority: Annotated[str, typer.Option("--priority", "-p", help="p1 (network down) to p4 (question); P1 and P2 come by phone.")] = "p3",
    why: Annotated[str, typer.Option("--why", help="Why this priority: who cannot work?")] = "",
    via: Annotated[str, typer.Option("--via", help="How it came: phone (or hotline), mail, fax, web, branch.")] = "phone",
    device: Annotated[str, typer.Option("--device", "-d", help="The device, as the inventory calls it.")] = "",
    contact: Annotated[str, typer.Option("--contact", help="Who calls; phone and e-mail of known contacts come from the inventory.")] = "",
    phone: Annotated[str, typer.Option("--phone", help="The caller's number, where the inventory has none.")] = "",
    email: Annotated[str, typer.Option("--email", help="The caller's address, where the inventory has none.")] = "",
    means: Annotated[str, typer.Option("--means", help="How the caller wants to be reached: phone or email.")] = "",
    technology: Annotated[str, typer.Option("--technology", help="What it is about: switching, routing, wireless, security, voice…")] = "",
    pid: Annotated[str, typer.Option("--pid", help="Product number of the part.")] = "",
    serial: Annotated[str, typer.Option("--serial", help="Serial number of the part.")] = "",
    after: Annotated[
        bool, typer.Option("--after-the-fact", help="It was worked on before it was written down; needs --started-at.")
    ] = False,
    started: Annotated[str, typer.Option("--started-at", help="When it began, as 2026-03-01T02:10.")] = "",
    to: Annotated[str, typer.Option("--to", help="The engineer; the first on duty when left out.")] = "",
    token: Annotated[str, typer.Option("--token", help="Something unique: the same again opens nothing new.")] = "",
    files: Files = None,
    author: Author = "",
    dry_run: Dry = False,
    as_json: Json = False,
    lang: Lang = None,
    config: Config = None,
    inventory: Inventory = None,
    data: Data = None,
) -> None:
    """Open a case, check its contract, and give it to the engineer on duty. The number is printed first: read it out to the caller.

    Examples: healthd case open -c acme -d CORE-01 --title "no uplink" -p p2 --contact "Emma Clarke"
      · healthd case open -c acme --title "changed a supply at night" --after-the-fact --started-at 2026-03-01T02:10
    """
    from healthd.cli._case_open import Call, opened

    if after != bool(started):
        raise ConfigError("--after-the-fact and --started-at belong together: when did it begin?")
    desk = _case.opened(config, inventory, data, author, lang)
    call = Call(
        customer=customer, title=title, text=text, priority=priority, why=why, via=via, device=device, contact=contact, phone=phone,
        email=email, means=means, technology=technology, pid=pid, serial=serial, started=started, engineer=to, token=token,
    )  # fmt: skip
    case = opened(desk, call, How(author=author, files=files or (), dry=dry_run))
    _case.shown(desk, case, as_json)
    if not case.entitled:
        print(
            f"out of contract: hand it over with 'healthd case sales {case.number}', "
            f"or let the manager decide: 'healthd case override {case.number} --reason …'",
            file=sys.stderr,
        )


@app.command("list")
def list_(
    customer: Annotated[str, typer.Option("--customer", "-c", help="Only this customer's.")] = "",
    engineer: Annotated[str, typer.Option("--engineer", help="Only those of this engineer; me: your own.")] = "",
    state: Annotated[list[str] | None, typer.Option("--state", help="Only these states; can be said again.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Also cases that are over.")] = False,
    as_json: Json = False,
    lang: Lang = None,
    config: Config = None,
    inventory: Inventory = None,
    data: Data = None,
) -> None:
    """List the open cases, the one whose time runs out first on top. A ? behind the priority: proposed by monitoring.

    Cases on another ticket system stand below, with that system's own words.

    Examples: healthd case list --engineer me · healthd case list --all --json
    """
    from healthd.cli import _case_rows
    from healthd.cli._case_elsewhere import away_object, elsewhere
    from healthd.desk import desk as core

    desk = _case.opened(config, inventory, data, lang=lang)
    if wrong := [each for each in state or () if each not in {known.value for known in State}]:
        raise ConfigError(f"--state: found {wrong[0]!r}; allowed: {', '.join(each.value for each in State)}")
    wanted = desk.who if engineer == "me" else engineer
    found = core.listing(customer, opened=None if every or state else True, states=[State(each) for each in state or ()])
    cases = [case for case in found if wanted in ("", case.engineer)]
    if engineer not in ("", "me") and not cases:
        desk.colleague(engineer)
    away = [] if wanted or state else list(elsewhere(customer, every=every))
    if as_json:
        for said in (*map(_case_rows.case_object, cases), *map(away_object, away)):
            print(json.dumps(said, ensure_ascii=False))
        return
    if not cases and not away:
        none = (
            say("no case")
            if every or customer or state or engineer
            else say("no open case; {option} lists those that are over", option="--all")
        )
        print(desk.language().say(none), file=sys.stderr)
        return
    whole = [core.found(case.number) for case in cases]
    rows = [(case, _case_rows.first(_case.clocks(desk, case)) if case.is_open else None, _name(desk, case.customer)) for case in whole]
    rows.sort(key=lambda row: (row[1] is None or row[1].paused is not None, row[1].due if row[1] else row[0].opened))
    if rows:
        print(*_case_rows.listed(rows, desk.language(), desk.now), sep="\n")
    print(*_case_rows.listed_away(away, desk.language()), sep="\n", end="\n" if away else "")


def _name(desk: "_case.Desk", code: str) -> str:
    customer = desk.customer(code)
    return customer.title if customer else code


@app.command()
def show(
    number: Number,
    as_json: Json = False,
    lang: Lang = None,
    config: Config = None,
    inventory: Inventory = None,
    data: Data = None,
) -> None:
    """Show a case wholly: what is wrong and how sure that is, its clocks, what comes next and when, and everything that was done.

    Examples: healthd case show 2611-0042 · healthd case show 2611-0042 --lang zh-CN
    """
    from healthd.cli import _case_page, _case_rows
    from healthd.cli._case_elsewhere import away_object, elsewhere
    from healthd.desk import desk as core
    from healthd.desk.outlook import outlook
    from healthd.store import files

    desk = _case.opened(config, inventory, data, lang=lang)
    if away := next((each for each in elsewhere(every=True) if each.ticket.id == number), None):
        print(*([json.dumps(away_object(away), ensure_ascii=False)] if as_json else _case_rows.away_lines(away, desk.language())), sep="\n")
        return
    case = core.found(number)
    found = _case.clocks(desk, case)
    if as_json:
        said = {
            **_case_rows.case_object(case),
            "clocks": [_case_rows.clock_object(each) for each in found],
            "record": [_case_rows.entry_object(each) for each in case.entries],
        }
        print(json.dumps(said, ensure_ascii=False))
        return
    ids = tuple(dict.fromkeys(file for entry in case.entries for file in entry.files))
    it = _case_page.Page(
        case=case, customer=desk.customer(case.customer), tac=desk.tac, clocks=found, next=outlook(case, found, desk.tac, desk.now),
        files={each.id: f"{each.name} ({each.size:,} B)" for each in files.told(ids)}, speaker=desk.language(), now=desk.now,
    )  # fmt: skip
    print(*_case_page.page(it), sep="\n")


for _part in (_case_work.app, _case_end.app):
    app.registered_commands.extend(_part.registered_commands)
