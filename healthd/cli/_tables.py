"""Every table of the settings file, with the part that owns it."""

from collections.abc import Iterator
from dataclasses import Field, fields
from typing import Any

from healthd.config import Config

TOP = {"data": "healthd-data", "inventories": "inventories"}
"""Keys at the top of the file, with their defaults."""


def tables() -> dict[str, type]:
    """Return the dataclass of each table by its name in the file."""
    from healthd import errands, modules
    from healthd.caseclient import backends
    from healthd.caseclient.cisco import settings as cisco
    from healthd.daemon.settings import Listen, Settings
    from healthd.notify.channels import chat, folder, mail
    from healthd.store import database
    from healthd.transports import icmp, imap, snmp, ssh

    return {
        "store": database.Settings,
        "snmp": snmp.Settings,
        "ssh": ssh.Settings,
        "icmp": icmp.Settings,
        "daemon": Settings,
        "listen": Listen,
        "notify.mail": mail.Settings,
        "notify.folder": folder.Settings,
        "notify.chat": chat.Settings,
        "intake.mail": imap.Settings,
        "cisco": cisco.Settings,
        "case": errands.Settings,
        **{f"case.{name}": modules.load(backends, name).Settings for name in modules.names(backends)},
    }


def keys(kind: type) -> Iterator[Field[Any]]:
    """Yield the fields of *kind* that stand in the file; what is filled in from references does not."""
    return (each for each in fields(kind) if each.repr)


def checked(config: Config) -> dict[str, Any]:
    """Return every table's settings.

    Raises:
        ConfigError: with every mistake in the file.
    """
    for key, default in TOP.items():
        config.top(key, default)
    found = {name: config.settings(name, kind) for name, kind in tables().items()}
    config.close()
    return found
