"""``healthd run``: the daemon."""

import logging
import os
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from healthd.cli import _channels, _cisco, _context, _desk, _desks, _intake, _tables
from healthd.cli._secrets import secrets

if TYPE_CHECKING:
    from healthd.daemon.run import Plan


def command(
    check: Annotated[bool, typer.Option("--check", help="Read settings and inventory, say whether they are right, and end.")] = False,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Watch the customers' networks: ask devices, receive logs and traps, make and send reports, until it is stopped.

    SIGHUP reads settings and inventory again; SIGTERM ends it within 15 seconds.

    Examples: healthd run · healthd run --config /etc/healthd/healthd.toml · healthd run --check
    """
    from healthd.cli._log import set_up
    from healthd.cli.poll import runner
    from healthd.daemon.run import Daemon

    set_up(sys.stderr)

    def replan() -> "Plan":
        return plan(_context.context(config, inventory, data))

    first = replan()
    if check:
        print(f"settings and inventory are right: {first.size}")
        return
    _context.context(config, inventory, data).open_store()
    runner()(Daemon(plan=first, replan=replan).run())
    logging.shutdown()
    sys.stdout.flush()
    # Sessions of SSH and a report under way end with us: nothing of them is half written, and nobody waits minutes for them.
    os._exit(0)


def plan(there: _context.Context) -> "Plan":
    """Return what *there*'s settings and inventory say, checked wholly.

    Raises:
        ConfigError: with every mistake.
    """
    from healthd.daemon.ledgers import Ledgers
    from healthd.daemon.parts import Parts
    from healthd.daemon.run import Plan
    from healthd.inventory.credentials import fetch
    from healthd.model.credential import SnmpUser
    from healthd.reports.language import language
    from healthd.transports.scrub import Scrub

    tables = _tables.checked(there.config)
    said, listen = tables["daemon"], tables["listen"]
    channels, paces, domain = _channels.channels(there)
    users = {each.user: each for each in there.credentials("snmp").values() if isinstance(each, SnmpUser)}
    communities = {fetch(each, "[listen] communities").reveal() for each in listen.communities}

    def make(who: Any, day: date, now: datetime) -> Any:
        from healthd.cli import report

        return report.made(there, who, day, now)

    return Plan(
        customers=there.customers(),
        devices=there.devices(),
        settings=said,
        listen=listen,
        icmp=tables["icmp"],
        wires=there.wires,
        users=users,
        communities=communities or None,
        channels=channels,
        paces=paces,
        tell=lambda code, phrase: language(code).sentence(phrase),
        domain=domain,
        make=make,
        scrub=Scrub(known=secrets(there)[0]),
        desk=_desks.usual(there),
        beside=(
            _cisco.part(there).parts,
            _intake.part(there).parts,
            _desk.clockwork(there).parts,
            _desks.part(there).parts,
            Parts(codes=[each.code for each in there.customers()]).parts,
            Ledgers(tac=there.inventory.tac, speaker=lambda code, zone: language(code, zone.key)).parts,
        ),
    )
