"""What every command needs: settings, inventory, credentials, database, wires; each made when first asked for.

Order of search for the settings file: ``--config``, ``$HEALTHD_CONFIG``,
``./healthd.toml``, ``/etc/healthd/healthd.toml``; without one, the defaults.
The inventory: ``--inventory``, ``$HEALTHD_INVENTORY``, the settings'
``inventories``, else ``./inventories``, else ``./hosts.yaml``.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from healthd import config as config_
from healthd import modules, platforms
from healthd.analysis import rules
from healthd.errors import ConfigError, UnknownName
from healthd.inventory.read import Inventory, read
from healthd.model.credential import Credential
from healthd.model.device import Customer, Device

if TYPE_CHECKING:
    from healthd.transports.wires import Wires

T = TypeVar("T")
ConfigOption = Annotated[Path | None, typer.Option("--config", help="Settings file (healthd.toml).", envvar="HEALTHD_CONFIG")]
InventoryOption = Annotated[
    Path | None,
    typer.Option("--inventory", help="Folder of customers, one customer's folder, or a hosts.yaml.", envvar="HEALTHD_INVENTORY"),
]
DataOption = Annotated[Path | None, typer.Option("--data", help="Data folder (database, known hosts).", envvar="HEALTHD_DATA")]


@dataclass(kw_only=True)
class Context:
    """One command's surroundings; nothing is read before it is needed."""

    config_file: Path | None = None
    inventory_path: Path | None = None
    data_path: Path | None = None

    @cached_property
    def config(self) -> config_.Config:
        """The settings file, or the defaults of everything."""
        places = (Path("healthd.toml"), Path("/etc/healthd/healthd.toml"))
        return config_.load(self.config_file or next((place for place in places if place.exists()), None))

    def settings(self, table: str, kind: type[T]) -> T:
        """Return a table of the settings as *kind*; raises ConfigError: a database or a bound that was meant otherwise is not to be guessed."""
        found = self.config.settings(table, kind)
        self.config.check()
        return found

    def _top(self, key: str, default: str) -> str:
        found = self.config.top(key, default)
        self.config.check()
        return found

    @cached_property
    def data(self) -> Path:
        """The data folder; made, readable for its owner alone, when it is not there."""
        path = self.data_path or Path(self._top("data", "healthd-data"))
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path

    @cached_property
    def inventory(self) -> Inventory:
        """Customers and devices; raises InventoryError with every mistake, ConfigError when nothing can be read there."""
        said = self.inventory_path or Path(self._top("inventories", ""))
        if said == Path():
            said = Path("inventories") if Path("inventories").is_dir() or not Path("hosts.yaml").exists() else Path("hosts.yaml")
        try:
            return read(said, modules.names(platforms), modules.names(rules))
        except OSError as error:
            raise ConfigError(
                f"cannot read {error.filename or said}: {error.strerror or error}; name the inventory with --inventory"
            ) from error

    def customers(self, code: str = "all") -> tuple[Customer, ...]:
        """Return the customer *code*, or all of them; capitals do not matter where only one is called so."""
        known = {customer.code: customer for customer in self.inventory.customers}
        if code == "all":
            return tuple(known.values())
        near = [each for each in known.values() if each.code.casefold() == code.casefold()]
        if code not in known and len(near) != 1:
            raise UnknownName("customer", code, tuple(known))
        return (known[code],) if code in known else (near[0],)

    def devices(self, names: Iterable[str] = (), customer: str = "all") -> tuple[Device, ...]:
        """Return the devices called *names* (all when empty) of *customer*."""
        codes = {each.code for each in self.customers(customer)}
        there = [device for device in self.inventory.devices if device.customer in codes]
        wanted = tuple(names)
        if missing := [name for name in wanted if name not in {device.name for device in there}]:
            raise UnknownName("device", missing[0], tuple(sorted({device.name for device in there})))
        return tuple(device for device in there if not wanted or device.name in wanted)

    def credentials(self, wire: str) -> dict[str, Credential]:
        """Fetch the secrets of every profile that a device uses on *wire* (snmp or ssh), by the profile's name."""
        used = {getattr(device, wire) for device in self.inventory.devices}
        return {key: profile.resolve() for key, profile in self.inventory.profiles.items() if key in used}

    def open_store(self) -> None:
        """Open the database that the settings name, by default a SQLite file in the data folder."""
        from healthd.store import database

        database.open_database(self.settings("store", database.Settings).within(self.data))

    def wires(self) -> "Wires":
        """Return SNMP and SSH together, with the credentials of the inventory."""
        from healthd.transports import snmp, ssh, wires

        kinds = {p.PLATFORM.name: p.PLATFORM.netmiko for p in modules.every(platforms)}
        return wires.Wires(
            snmp.Snmp(self.credentials("snmp"), self.settings("snmp", snmp.Settings)),
            ssh.Ssh(self.credentials("ssh"), self.settings("ssh", ssh.Settings), self.data / "known_hosts", kinds),
        )


def context(config: Path | None = None, inventory: Path | None = None, data: Path | None = None) -> Context:
    """Return the surroundings a command's options ask for."""
    return Context(config_file=config, inventory_path=inventory, data_path=data)


def language(said: str | None) -> str:
    """Return the language to speak: *said*, else the locale's, English when neither is known."""
    if said and said not in ("en", "zh-CN"):
        raise ConfigError(f"--lang: found {said!r}; allowed: en, zh-CN")
    spoken = said or os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "en"
    return "zh-CN" if spoken.replace("_", "-").lower().startswith("zh") else "en"
