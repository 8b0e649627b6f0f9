"""Cisco's TAC as the settings and the inventory say it, for commands and for the daemon."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from healthd.cli._context import Context
from healthd.cli._secrets import secrets
from healthd.errors import ConfigError
from healthd.inventory.credentials import fetch

if TYPE_CHECKING:
    from healthd.caseclient.cisco.api import Api
    from healthd.caseclient.cisco.settings import Settings
    from healthd.daemon.cisco import Cisco
    from healthd.escalation.codelist import Codes
    from healthd.escalation.keys import Keys, Spool
    from healthd.escalation.party import Directory
    from healthd.escalation.pushing import Exchanging

_REFERENCES = (("client", "client_ref"), ("secret", "secret_ref"), ("api_client", "api_client_ref"), ("api_secret", "api_secret_ref"))
BETWEEN_S = 1.0
"""Seconds between two requests to Smart Bonding, for which Cisco publishes no limit."""


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def settings(there: Context) -> "Settings":
    """Return the table [cisco], with the secrets that it refers to.

    Raises:
        ConfigError: it has a mistake, or a reference leads nowhere.
    """
    from healthd.caseclient.cisco.settings import Settings

    said = there.settings("cisco", Settings)
    found = {name: fetch(getattr(said, key), f"[cisco] {key}") for name, key in _REFERENCES if getattr(said, key)}
    return replace(said, **found)


def folder(there: Context) -> Path:
    """Return the folder of what Cisco's service needs beside the database; its owner's alone."""
    path = there.data / "cisco"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def spool(there: Context) -> "Spool":
    """Return where messages wait that were pulled and are not in the database yet."""
    from healthd.escalation.keys import Spool

    return Spool(folder=folder(there) / "inbox")


def keys(there: Context) -> "Keys":
    """Return the upload credentials that Cisco gave."""
    from healthd.escalation.keys import Keys

    return Keys(folder=folder(there) / "keys")


def codes(there: Context, said: "Settings") -> "Codes":
    """Return Cisco's list of codes, renewed through Smart Bonding where that is set up."""
    from healthd.caseclient.cisco.bonding import Bonding
    from healthd.escalation.codelist import Codes

    bonding = Bonding(settings=said) if said.pushes else None
    return Codes(file=folder(there) / "codes.json", bonding=bonding, now=utc_now)


def directory(there: Context) -> "Directory":
    """Return the customers and devices of the inventory."""
    from healthd.escalation.party import Directory

    return Directory(customers=there.customers(), devices=there.devices())


def scrub(there: Context) -> Callable[[str], str]:
    """Return how secrets are taken out of evidence: those that we know, and what stands where secrets stand."""
    from healthd.transports.scrub import Scrub

    try:
        known = secrets(there)[0]
    except ConfigError:
        known = ()  # a secret that cannot be fetched here is looked for by its place
    return Scrub(known=known).text


def exchanging(there: Context, said: "Settings") -> "Exchanging":
    """Return the exchange with Smart Bonding.

    Raises:
        ConfigError: it is not set up.
    """
    from healthd.caseclient.cisco.bonding import Bonding
    from healthd.escalation.pushing import Exchanging

    return Exchanging(
        settings=said,
        bonding=Bonding(settings=said),
        spool=spool(there),
        keys=keys(there),
        directory=directory(there),
        codes=codes(there, said),
        scrub=scrub(there),
        now=utc_now,
        rest=lambda: time.sleep(BETWEEN_S),
    )


def api(said: "Settings") -> "Api | None":
    """Return Cisco's Support APIs, None where they are not set up."""
    from healthd.caseclient.cisco.api import Api

    return Api(settings=said) if said.mirrors else None


def part(there: Context) -> "Cisco":
    """Return the daemon's part for Cisco; empty where nothing is set up."""
    from healthd.daemon.cisco import Cisco
    from healthd.escalation.mirroring import Mirroring

    said = settings(there)
    asked = api(said)
    return Cisco(
        exchanging=exchanging(there, said) if said.pushes else None,
        mirroring=Mirroring(api=asked, now=utc_now, notes=not said.pushes, ours=said.cco) if asked else None,
        pull_s=said.pull_s,
        mirror_s=said.mirror_s,
    )
