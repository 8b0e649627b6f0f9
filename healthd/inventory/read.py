"""From a folder of files to customers, devices and credential profiles: all of it, or every mistake at once."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from healthd.errors import ConfigError, InventoryError
from healthd.inventory import contracts, credentials, customer, hosts, tac, told
from healthd.inventory.credentials import Profile
from healthd.inventory.document import Document, Mistakes, load, shown
from healthd.model.device import Customer, Device
from healthd.model.tac import Tac

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
"""What a customer's code looks like: it names folders and files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """Everything the files say, sorted by name.

    A customer's own profile is called ``<code>/<name>`` here and in its
    devices, so that two customers may use one name. *unasked* says which
    devices nobody can ask, *remarks* what is no mistake and yet may not be
    meant; both are finished sentences. *tac* is the service center.
    """

    customers: tuple[Customer, ...]
    devices: tuple[Device, ...]
    profiles: Mapping[str, Profile]
    unasked: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    tac: Tac = field(default_factory=Tac)

    def of(self, customer: str) -> tuple[Device, ...]:
        """Return the devices of *customer*."""
        return tuple(device for device in self.devices if device.customer == customer)


def read(path: Path, platforms: Collection[str], rules: Collection[str] = ()) -> Inventory:
    """Read *path*: a folder of customers' folders, one customer's folder, or a single ``hosts.yaml``.

    *platforms* and *rules* are the names that there are; without *rules* nobody checks them.

    Raises:
        InventoryError: with every mistake of every file.
    """
    folders = _folders(path)
    root = path.parent if path.is_file() or path in folders else path
    mistakes, unasked, remarks = Mistakes(root), Mistakes(root), Mistakes(root)
    shared = credentials.profiles(_load(folders[0].parent / "credentials.yaml", mistakes)) if folders else {}
    center = tac.tac(_load(folders[0].parent / "tac.yaml", mistakes)) if folders else Tac()
    customers, devices, profiles = [], [], dict(shared)
    for folder in folders:
        own = credentials.profiles(_load(folder / "credentials.yaml", mistakes))
        said = _load(folder / "customer.yaml", mistakes)
        files = hosts.Files(*(_load(folder / f"{name}.yaml", mistakes) for name in ("hosts", "groups", "defaults")))
        who, theirs = _one(said, files, {**shared, **own}, platforms, rules)
        told.unasked(folder, files, theirs, unasked)
        told.remarks(said, who, remarks)
        told.misspelt(files, remarks)
        customers.append(replace(who, coverage=contracts.coverage(folder / "contracts.csv", mistakes)))
        devices.extend(replace(d, snmp=_scoped(who.code, d.snmp, own), ssh=_scoped(who.code, d.ssh, own)) for d in theirs)
        profiles.update({_scoped(who.code, name, own): profile for name, profile in own.items()})
    if mistakes.found:
        raise InventoryError(tuple(mistakes.found))
    return Inventory(
        customers=tuple(customers),
        devices=tuple(sorted(devices, key=lambda d: (d.customer, d.name))),
        profiles=profiles,
        unasked=tuple(unasked.found),
        remarks=tuple(remarks.found),
        tac=center,
    )


def _scoped(code: str, name: str, own: Collection[str]) -> str:
    return f"{code}/{name}" if name in own else name


def _folders(path: Path) -> list[Path]:
    if path.is_file() and path.name == "hosts.yaml":
        return [path.resolve().parent]
    if not path.is_dir():
        raise ConfigError(
            f"no inventory at {path}; allowed: a folder with one folder a customer, or a hosts.yaml; name it with --inventory"
        )
    if (path / "hosts.yaml").exists():
        return [path.resolve()]
    found = sorted(each for each in path.iterdir() if (each / "hosts.yaml").exists() or (each / "customer.yaml").exists())
    if not found:
        raise ConfigError(f"{path} holds no customer; allowed: folders with a hosts.yaml; make one, or run: healthd inventory import")
    return found


def _load(file: Path, mistakes: Mistakes) -> Document:
    return load(file, mistakes) if file.exists() else Document(file, {}, {}, mistakes)


def _one(
    said: Document, files: hosts.Files, profiles: Mapping[str, Profile], platforms: Collection[str], rules: Collection[str]
) -> tuple[Customer, list[Device]]:
    folder = said.file.parent
    if not CODE.fullmatch(folder.name):
        said.wrong(
            (),
            f"customer folder: found {folder.name!r}; allowed: letters, digits, . _ - (it names files); rename the folder and put the name into title",
        )
    who = customer.customer(folder.name, said, rules)
    if not files.hosts.data and not files.hosts.broken:
        files.hosts.wrong((), "found no devices; allowed: at least one name with keys below it; add a device")
    theirs = list(hosts.devices(who.code, files, platforms, {site.name for site in who.sites}))
    _profiles(files, theirs, profiles)
    _parents(files, theirs)
    return who, theirs


def _profiles(files: hosts.Files, devices: Iterable[Device], profiles: Mapping[str, Profile]) -> None:
    for device in devices:
        for wire in ("snmp", "ssh"):
            name = getattr(device, wire)
            known = sorted(p.name for p in profiles.values() if p.wire == wire)
            if name and name not in known:
                found, document, place = files.value(device.name, wire, data=True)
                allowed = ", ".join(known) or f"none, credentials.yaml has no profile with '{wire}: …'"
                document.wrong(
                    place, f"device {device.name!r}: {wire}: found {shown(found)}; allowed: {allowed}; add the profile to credentials.yaml"
                )


def _parents(files: hosts.Files, devices: Iterable[Device]) -> None:
    parents = {device.name: device.parents for device in devices}
    for name, above in parents.items():
        for parent in above:
            if parent not in parents or parent == name:
                key = "parents" if files.value(name, "parents", data=True)[0] else "uplinks"
                _, document, place = files.value(name, key, data=True)
                document.wrong(
                    place, f"device {name!r}: {key}: found {parent!r}; allowed: other devices of this customer; correct the name"
                )
    for name in sorted(parents):
        loop = _loop(name, parents)
        # A circle is told once, at the first of its members.
        if loop and name == min(loop):
            files.hosts.wrong(
                (name,),
                f"device {name!r}: found a circle of parents {' → '.join(loop)} → {name}; allowed: parents that lead towards us; remove one link",
            )


def _loop(start: str, parents: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    stack, seen = [(start, (start,))], set()
    while stack:
        name, path = stack.pop()
        for parent in parents.get(name, ()):
            if parent == start and len(path) > 1:
                return path
            if parent not in seen and parent != name:
                seen.add(parent)
                stack.append((parent, (*path, parent)))
    return ()
