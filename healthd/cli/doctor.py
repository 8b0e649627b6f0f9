"""``healthd doctor``: what keeps healthd from working well here, each with what to do."""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from healthd.cli import _context, _tables
from healthd.errors import HealthdError

if TYPE_CHECKING:
    from healthd.doctor._patient import Patient

_GLYPHS = {"good": "●", "note": "▲", "bad": "■"}


def command(
    accounting: Annotated[bool, typer.Option("--accounting", help="Show the books: in = out + held + dropped, at every stage.")] = False,
    no_devices: Annotated[bool, typer.Option("--no-devices", help="Do not ask the devices.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object per line.")] = False,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Examine this installation: machine, settings, database, ports, mail, and every device by the cause of its silence.

    Exit status 1 when something does not work.

    Examples: healthd doctor · healthd doctor --no-devices --json · healthd doctor --accounting
    """
    there = _context.context(config, inventory, data)
    if accounting:
        _books(there, as_json)
        return
    from healthd import doctor, modules

    patient, worst = _patient(there), False
    members = sorted((m for m in modules.every(doctor) if not (no_devices and m.__name__.endswith(".devices"))), key=lambda m: m.ORDER)
    for member in members:
        name = member.__name__.rpartition(".")[2]
        for found in member.check(patient):
            worst = worst or found.level == "bad"
            said = {"check": name, "level": found.level, "text": found.text, "remedy": found.remedy}
            tail = f"  → {found.remedy}" if found.remedy else ""
            print(
                json.dumps({k: v for k, v in said.items() if v}, ensure_ascii=False)
                if as_json
                else f"{_GLYPHS[found.level]} {found.text}{tail}"
            )
    if worst:
        raise typer.Exit(HealthdError.exit_status)


def _patient(there: _context.Context) -> "Patient":
    from healthd import modules, platforms
    from healthd.doctor._patient import Patient
    from healthd.transports import snmp, ssh

    tables = _tables.checked(there.config)
    kinds = {p.PLATFORM.name: p.PLATFORM.netmiko for p in modules.every(platforms)}
    return Patient(
        tables=tables,
        customers=there.customers(),
        devices=there.devices(),
        data=there.data,
        now=datetime.now(UTC),
        snmp=lambda: snmp.Snmp(there.credentials("snmp"), tables["snmp"]),
        ssh=lambda: ssh.Ssh(there.credentials("ssh"), tables["ssh"], there.data / "known_hosts", kinds),
    )


def _books(there: _context.Context, as_json: bool) -> None:
    from healthd.store import outbox, tally

    there.open_store()
    posted = outbox.numbers()
    sums = {
        **tally.sums(),
        "outbox": {
            tally.IN: sum(posted.values()),
            **{f"held: {s}" if s in ("waiting", "sending", "failed") else f"out: {s}": n for s, n in posted.items()},
        },
    }
    wrong = False
    for stage, outcomes in sorted(sums.items()):
        missing = tally.missing(outcomes)
        wrong = wrong or missing != 0
        if as_json:
            print(json.dumps({"stage": stage, "missing": missing, **outcomes}))
        else:
            others = " + ".join(f"{number:,} {outcome}" for outcome, number in sorted(outcomes.items()) if outcome != tally.IN and number)
            print(
                f"{'●' if not missing else '■'} {stage}: {outcomes.get(tally.IN, 0):,} in = {others or '0'}{f'; {missing:,} are nowhere' if missing else ''}"
            )
    if wrong:
        raise typer.Exit(HealthdError.exit_status)
