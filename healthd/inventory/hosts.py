"""``hosts.yaml``, ``groups.yaml``, ``defaults.yaml``: devices in Nornir's SimpleInventory form.

    hz-core-01:
      hostname: 10.1.0.1            # address; the name itself when left out
      port: 161                     # UDP port of SNMP; 22 is taken as SSH's and left to it
      platform: iosxe               # left out: recognised; netmiko's and NAPALM's names work too
      groups: [core, hangzhou]
      data:
        site: hz
        role: core
        parents: [hz-edge-01]       # or uplinks: the devices through which we reach it
        service_point: HQ core      # counts for network availability under this name
        snmp: core-v3               # credential profiles
        ssh: core-ssh
        snmp_port: 161
        ssh_port: 22
        tags: [dc1]
        in_service: true

What a host does not say is taken from its groups in their order, then from
``defaults.yaml``, as Nornir does. Further keys below ``data`` are yours.
"""

import ipaddress
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from healthd.inventory.document import Document, Place, shown
from healthd.model.device import Device

ROLES = ("core", "distribution", "access", "edge", "wan", "branch", "firewall", "datacenter", "wireless", "management", "other")
SYNONYMS = {
    "cisco_ios": "ios", "ios_ssh": "ios", "cisco_xe": "iosxe", "ios-xe": "iosxe", "cisco_nxos": "nxos", "nxos_ssh": "nxos", "nxos_http": "nxos",
    "cisco_xr": "iosxr", "ios-xr": "iosxr", "iosxr_netconf": "iosxr", "cisco_asa": "asa", "cisco.ios.ios": "ios", "cisco.nxos.nxos": "nxos",
    "cisco.iosxr.iosxr": "iosxr", "cisco.asa.asa": "asa",
}  # fmt: skip
_KEYS = ("hostname", "port", "username", "password", "platform", "groups", "data", "connection_options")
DATA_KEYS = (
    "site", "role", "parents", "uplinks", "service_point", "snmp", "ssh", "snmp_port", "ssh_port", "tags", "in_service"
)  # fmt: skip
_SECRET_KEYS = re.compile(
    r"(?i)pass(word|wd|phrase)?|secret|enable_secret|\w*community|auth_?key|priv_?key|auth_?pass\w*|priv_?pass\w*|token"
)
_NAME = re.compile(r"[\w.\-/:@+() ]{1,128}")
_DNS = re.compile(r"(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})(?:\.[A-Za-z0-9_-]{1,63})*\.?")
_LISTS = ("tags", "parents", "uplinks")


class Files:
    """The three files of one customer, with inheritance resolved on demand."""

    def __init__(self, hosts: Document, groups: Document, defaults: Document) -> None:
        """Take the documents; absent files are empty documents."""
        self.hosts, self.groups, self.defaults = hosts, groups, defaults
        for document in (hosts, groups):
            for name, entry in document.data.items():
                self._check(document, (name,), entry)
        self._check(defaults, (), defaults.data)
        for name in groups.data:
            self._circle(name, ())

    def _check(self, document: Document, place: Place, entry: Any) -> None:
        what = f"{'group' if document is self.groups else 'device'} {place[0]!r}" if place else "defaults"
        if entry is None:
            return
        if not isinstance(entry, dict):
            document.wrong(
                place, f"{what}: found {shown(entry)}; allowed: keys with values; write hostname, groups and data below the name"
            )
            return
        below = [key for key in entry if key in DATA_KEYS]
        for key in below:
            document.wrong(
                (*place, key),
                f"{what}: found {key!r} beside 'data:'; allowed: below it; write 'data: {{{key}: {'…' if isinstance(entry[key], dict | list) else entry[key]}}}'",
            )
        document.known_keys(place, {key: value for key, value in entry.items() if key not in below}, _KEYS, what)
        for key, kind, word in (("groups", list, "a list of group names"), ("data", dict, "keys with values")):
            if entry.get(key) is not None and not isinstance(entry[key], kind):
                document.wrong((*place, key), f"{what}: {key}: found {shown(entry[key])}; allowed: {word}; correct it")
        for group in entry.get("groups") or () if isinstance(entry.get("groups"), list) else ():
            if not isinstance(group, str) or group not in self.groups.data:
                known = ", ".join(sorted(map(str, self.groups.data))) or "none, there is no groups.yaml"
                document.wrong((*place, "groups"), f"{what}: groups: found {shown(group)}; allowed: {known}; add the group to groups.yaml")
        for at in _secrets(entry, place):
            document.wrong(
                at, f"{what}: found a secret in {at[-1]!r}; allowed: names of profiles in credentials.yaml; remove it and change the secret"
            )

    def _circle(self, name: str, path: tuple[str, ...]) -> None:
        if name in path:
            if name == path[0] and name == min(path):
                self.groups.wrong(
                    (name,),
                    f"group {name!r}: found a circle {' → '.join((*path, name))}; allowed: groups that end somewhere; remove one link",
                )
            return
        for group in _groups(self.groups.data.get(name)):
            self._circle(group, (*path, name))

    def layers(self, name: str) -> Iterator[tuple[Document, Place, Mapping[str, Any]]]:
        """Yield what speaks for host *name*, nearest first: itself, its groups, the defaults."""
        seen: set[str] = set()

        def climb(document: Document, key: str) -> Iterator[tuple[Document, Place, Mapping[str, Any]]]:
            entry = document.data.get(key)
            entry = entry if isinstance(entry, dict) else {}
            yield document, (key,), entry
            for group in _groups(entry):
                if group not in seen:
                    seen.add(group)
                    yield from climb(self.groups, group)

        yield from climb(self.hosts, name)
        yield self.defaults, (), self.defaults.data if isinstance(self.defaults.data, dict) else {}

    def value(self, name: str, key: str, *, data: bool = False) -> tuple[Any, Document, Place]:
        """Return the nearest value of *key* (below ``data`` if so asked) and where it stands; None when nobody says."""
        for document, place, entry in self.layers(name):
            inside = entry.get("data") if data else entry
            if isinstance(inside, dict) and inside.get(key) is not None:
                return inside[key], document, (*place, "data", key) if data else (*place, key)
        return None, self.hosts, (name,)


def _groups(entry: Any) -> list[str]:
    """Return the names of groups in an entry; what is none has been complained of."""
    said = entry.get("groups") if isinstance(entry, dict) else None
    return [group for group in said if isinstance(group, str)] if isinstance(said, list) else []


def _secrets(entry: Any, place: Place) -> Iterator[Place]:
    if isinstance(entry, dict):
        for key, value in entry.items():
            if isinstance(value, (dict, list)):
                yield from _secrets(value, (*place, key))
            elif _SECRET_KEYS.fullmatch(str(key)) and value:
                yield (*place, key)
    elif isinstance(entry, list):
        for number, value in enumerate(entry):
            yield from _secrets(value, (*place, number))


def devices(customer: str, files: Files, platforms: Collection[str], sites: Collection[str]) -> Iterator[Device]:
    """Yield the devices of *customer*; what is wrong goes to the documents' mistakes."""
    addresses: dict[tuple[str, int], str] = {}
    for name in map(str, files.hosts.data):
        if not _NAME.fullmatch(name):
            files.hosts.wrong(
                (name,),
                f"device {name!r}: found a name with control or other special characters; allowed: letters, digits, . - / : @ + ( ) and space; rename it",
            )
        device = _device(customer, name, files, platforms, sites)
        place = (device.address, device.port)
        if place in addresses:
            files.hosts.wrong(
                (name,),
                f"device {name!r}: found address {device.address} port {device.port}, which {addresses[place]!r} has; allowed: one device an address; correct one of them",
            )
        addresses.setdefault(place, name)
        yield device


def _device(customer: str, name: str, files: Files, platforms: Collection[str], sites: Collection[str]) -> Device:
    def get(key: str) -> Any:
        return files.value(name, key, data=True)[0]

    parents = _listed(files, name, "parents") or _listed(files, name, "uplinks")
    return Device(
        name=name, customer=customer, address=_address(files, name), port=_snmp_port(files, name), ssh_port=_port(files, name, "ssh_port") or 22,
        platform=_platform(files, name, platforms), site=_word(files, name, "site", sites), role=_word(files, name, "role", ROLES),
        snmp=str(get("snmp") or ""), ssh=str(get("ssh") or ""), tags=_listed(files, name, "tags"), parents=parents,
        service_point=str(get("service_point") or ""), in_service=_flag(files, name, "in_service"),
    )  # fmt: skip


def _address(files: Files, name: str) -> str:
    found, document, place = files.value(name, "hostname")
    address = str(found if found is not None else name)
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        if not _DNS.fullmatch(address) or re.fullmatch(r"[\d.]+", address):
            document.wrong(
                place,
                f"device {name!r}: hostname: found {shown(address if found is None else found)}; allowed: an IPv4 or IPv6 address, or a DNS name; correct it",
            )
        return address


def _snmp_port(files: Files, name: str) -> int:
    if said := _port(files, name, "snmp_port"):
        return said
    found, document, place = files.value(name, "port")
    port = _number(document, place, name, "port", found)
    # Nornir's own files carry SSH's port here; 22 is never SNMP's.
    return port if port not in (None, 22) else 161


def _port(files: Files, name: str, key: str) -> int | None:
    found, document, place = files.value(name, key, data=True)
    return _number(document, place, name, key, found)


def _number(document: Document, place: Place, name: str, key: str, found: Any) -> int | None:
    if found is None or (isinstance(found, int) and not isinstance(found, bool) and 0 < found < 65536):
        return found
    document.wrong(place, f"device {name!r}: {key}: found {shown(found)}; allowed: a number from 1 to 65535; correct it")
    return None


def _platform(files: Files, name: str, platforms: Collection[str]) -> str:
    found, document, place = files.value(name, "platform")
    word = SYNONYMS.get(str(found), found)
    if word is None or word in platforms:
        return word or ""
    document.one_of(place, found, platforms, f"device {name!r}: platform")
    return ""


def _word(files: Files, name: str, key: str, allowed: Collection[str]) -> str:
    """Return a word that must be one of *allowed*; any is, where none are listed (a customer whose sites nobody has described yet)."""
    found, document, place = files.value(name, key, data=True)
    if found is None:
        return ""
    if not allowed and isinstance(found, str):
        return found
    return str(found) if document.one_of(place, found, allowed, f"device {name!r}: {key}") else ""


def _listed(files: Files, name: str, key: str) -> tuple[str, ...]:
    found, document, place = files.value(name, key, data=True)
    if found is None or isinstance(found, str):
        return (found,) if found else ()
    if isinstance(found, list) and all(isinstance(each, str) for each in found):
        return tuple(found)
    document.wrong(place, f"device {name!r}: {key}: found {shown(found)}; allowed: a list of names; write for example [{name}-a, {name}-b]")
    return ()


def _flag(files: Files, name: str, key: str) -> bool:
    found, document, place = files.value(name, key, data=True)
    if found is None or isinstance(found, bool):
        return found is not False
    document.wrong(place, f"device {name!r}: {key}: found {shown(found)}; allowed: true, false; write one of them")
    return True
