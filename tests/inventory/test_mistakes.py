"""Every mistake an inventory can hold gives exactly its message: file, line, what was found, what is allowed, what to do."""

import dataclasses
from pathlib import Path

import pytest

from healthd.errors import InventoryError
from healthd.inventory.read import read

PLATFORMS = ("asa", "ios", "iosxe", "iosxr", "nxos")
GOOD = "sw1:\n  hostname: 10.0.0.1\n"
ROLES = "access, branch, core, datacenter, distribution, edge, firewall, management, other, wan, wireless"


@dataclasses.dataclass(frozen=True)
class Bad:
    """One bad folder of customer *acme*: its files, and the message they give."""

    says: str
    hosts: str = GOOD
    customer: str = ""
    groups: str = ""
    defaults: str = ""
    credentials: str = ""


TABLE = {
    "tab": Bad(
        "acme/hosts.yaml:2: not YAML: found character '\\t' that cannot start any token; check indentation (spaces only), colons and quotes",
        hosts="sw1:\n\thostname: 10.0.0.1\n",
    ),
    "list-at-top": Bad(
        "acme/hosts.yaml:1: found a list or a single value at the top; allowed: keys with values; start with a name and a colon",
        hosts="- sw1\n- sw2\n",
    ),
    "device-twice": Bad(
        "acme/hosts.yaml:3: found 'sw1' twice, first in line 1; allowed: once; rename or merge them",
        hosts=GOOD + "sw1:\n  hostname: 10.0.0.2\n",
    ),
    "no-devices": Bad(
        "acme/hosts.yaml:1: found no devices; allowed: at least one name with keys below it; add a device",
        hosts="---\n",
    ),
    "device-is-text": Bad(
        "acme/hosts.yaml:1: device 'sw1': found '10.0.0.1'; allowed: keys with values; write hostname, groups and data below the name",
        hosts="sw1: 10.0.0.1\n",
    ),
    "unknown-key": Bad(
        "acme/hosts.yaml:2: device 'sw1': found key 'hostnme'; allowed: connection_options, data, groups, hostname, password, platform, port, username; did you mean 'hostname'?",
        hosts="sw1:\n  hostnme: 10.0.0.1\n",
    ),
    "bad-address": Bad(
        "acme/hosts.yaml:2: device 'sw1': hostname: found '10.0.0.256'; allowed: an IPv4 or IPv6 address, or a DNS name; correct it",
        hosts="sw1:\n  hostname: 10.0.0.256\n",
    ),
    "address-twice": Bad(
        "acme/hosts.yaml:3: device 'sw2': found address 10.0.0.1 port 161, which 'sw1' has; allowed: one device an address; correct one of them",
        hosts=GOOD + "sw2:\n  hostname: 10.0.0.1\n",
    ),
    "bad-port": Bad(
        "acme/hosts.yaml:3: device 'sw1': port: found 70000; allowed: a number from 1 to 65535; correct it",
        hosts=GOOD + "  port: 70000\n",
    ),
    "port-is-text": Bad(
        "acme/hosts.yaml:3: device 'sw1': ssh_port: found 'ssh'; allowed: a number from 1 to 65535; correct it",
        hosts=GOOD + "  data: {ssh_port: ssh}\n",
    ),
    "unknown-platform": Bad(
        "acme/hosts.yaml:3: device 'sw1': platform: found 'iosx'; allowed: asa, ios, iosxe, iosxr, nxos; did you mean 'iosxe'?",
        hosts=GOOD + "  platform: iosx\n",
    ),
    "unknown-role": Bad(
        f"acme/hosts.yaml:4: device 'sw1': role: found 'acces'; allowed: {ROLES}; did you mean 'access'?",
        hosts=GOOD + "  data:\n    role: acces\n",
    ),
    "role-from-group": Bad(
        f"acme/groups.yaml:3: device 'sw1': role: found 'spine'; allowed: {ROLES}; use one of them",
        hosts=GOOD + "  groups: [dc]\n",
        groups="dc:\n  data:\n    role: spine\n",
    ),
    "unknown-site": Bad(
        "acme/hosts.yaml:3: device 'sw1': site: found 'hzz'; allowed: bj, hz; did you mean 'hz'?",
        hosts=GOOD + "  data: {site: hzz}\n",
        customer="sites: [{name: hz}, {name: bj}]\n",
    ),
    "unknown-group": Bad(
        "acme/hosts.yaml:3: device 'sw1': groups: found 'cor'; allowed: core; add the group to groups.yaml",
        hosts=GOOD + "  groups: [cor]\n",
        groups="core: {}\n",
    ),
    "groups-is-text": Bad(
        "acme/hosts.yaml:3: device 'sw1': groups: found 'core'; allowed: a list of group names; correct it",
        hosts=GOOD + "  groups: core\n",
        groups="core: {}\n",
    ),
    "group-circle": Bad(
        "acme/groups.yaml:1: group 'a': found a circle a → b → a; allowed: groups that end somewhere; remove one link",
        groups="a: {groups: [b]}\nb: {groups: [a]}\n",
    ),
    "password-in-hosts": Bad(
        "acme/hosts.yaml:3: device 'sw1': found a secret in 'password'; allowed: names of profiles in credentials.yaml; remove it and change the secret",
        hosts=GOOD + "  password: hunter2\n",
    ),
    "community-in-defaults": Bad(
        "acme/defaults.yaml:2: defaults: found a secret in 'snmp_community'; allowed: names of profiles in credentials.yaml; remove it and change the secret",
        defaults="data:\n  snmp_community: s3cret\n",
    ),
    "enable-secret-in-options": Bad(
        "acme/groups.yaml:4: group 'core': found a secret in 'secret'; allowed: names of profiles in credentials.yaml; remove it and change the secret",
        groups="core:\n  connection_options:\n    netmiko:\n      extras: {secret: hunter2}\n",
    ),
    "unknown-parent": Bad(
        "acme/hosts.yaml:3: device 'sw1': parents: found 'rt1'; allowed: other devices of this customer; correct the name",
        hosts=GOOD + "  data: {parents: [rt1]}\n",
    ),
    "own-parent": Bad(
        "acme/hosts.yaml:3: device 'sw1': uplinks: found 'sw1'; allowed: other devices of this customer; correct the name",
        hosts=GOOD + "  data: {uplinks: [sw1]}\n",
    ),
    "parent-circle": Bad(
        "acme/hosts.yaml:1: device 'a': found a circle of parents a → b → c → a; allowed: parents that lead towards us; remove one link",
        hosts="".join(f"{a}:\n  hostname: 10.0.0.{n}\n  data: {{parents: [{b}]}}\n" for n, (a, b) in enumerate(("ab", "bc", "ca"), 1)),
    ),
    "parents-is-number": Bad(
        "acme/hosts.yaml:3: device 'sw1': parents: found 7; allowed: a list of names; write for example [sw1-a, sw1-b]",
        hosts=GOOD + "  data: {parents: 7}\n",
    ),
    "in-service-is-word": Bad(
        "acme/hosts.yaml:3: device 'sw1': in_service: found 'maybe'; allowed: true, false; write one of them",
        hosts=GOOD + "  data: {in_service: maybe}\n",
    ),
    "unknown-profile": Bad(
        "acme/hosts.yaml:3: device 'sw1': snmp: found 'core'; allowed: core-v3; add the profile to credentials.yaml",
        hosts=GOOD + "  data: {snmp: core}\n",
        credentials="core-v3: {snmp: v3, user: u, auth: 'env:A', priv: 'env:P'}\n",
    ),
    "v2c-unsaid": Bad(
        "acme/credentials.yaml:1: profile 'old': found neither snmp nor ssh, or both; allowed: one of 'snmp: v3', 'snmp: v2c', 'ssh: password', 'ssh: key'; add one",
        credentials="old: {community: 'env:C'}\n",
    ),
    "secret-in-credentials": Bad(
        "acme/credentials.yaml:3: profile 'old': community: found a text that is no reference; allowed: env:NAME, file:PATH, keyring:SERVICE/NAME; move the secret out of this file",
        credentials="old:\n  snmp: v2c\n  community: s3cret\n",
    ),
    "v3-without-encryption": Bad(
        "acme/credentials.yaml:1: profile 'core': found no priv; allowed: v3 needs user, auth, priv; add 'priv: …'",
        credentials="core: {snmp: v3, user: u, auth: 'env:A'}\n",
    ),
    "unknown-cipher": Bad(
        "acme/credentials.yaml:1: profile 'core': priv_protocol: found 'aes'; allowed: aes128, aes192, aes256, des; did you mean 'aes128'?",
        credentials="core: {snmp: v3, user: u, auth: 'env:A', priv: 'env:P', priv_protocol: aes}\n",
    ),
    "unknown-snmp-version": Bad(
        "acme/credentials.yaml:1: profile 'core': snmp: found 'v1'; allowed: v2c, v3; use one of them",
        credentials="core: {snmp: v1, community: 'env:C'}\n",
    ),
    "unknown-zone": Bad(
        "acme/customer.yaml:1: time_zone: found 'Asia/Peking'; allowed: a name of the IANA time zone database; write for example Asia/Shanghai",
        customer="time_zone: Asia/Peking\n",
    ),
    "unknown-language": Bad(
        "acme/customer.yaml:1: languages: found 'zh'; allowed: en, zh-CN; did you mean 'zh-CN'?",
        customer="languages: [en, zh]\n",
    ),
    "contract-ends-early": Bad(
        "acme/customer.yaml:1: contract: found ends 2025-12-31, before starts 2026-01-01; allowed: a later day; correct one of them",
        customer="contract: {number: '1', level: gold, starts: 2026-01-01, ends: 2025-12-31}\n",
    ),
    "contract-bad-day": Bad(
        "acme/customer.yaml:1: contract: ends: found '31.12.2026'; allowed: a day as YYYY-MM-DD; write for example 2027-12-31",
        customer="contract: {number: '1', level: gold, ends: 31.12.2026}\n",
    ),
    "contract-without-level": Bad(
        "acme/customer.yaml:1: contract: found no level; allowed: text as in the contract; add 'level: …'",
        customer="contract: {number: '1'}\n",
    ),
    "availability-over-100": Bad(
        "acme/customer.yaml:1: contract: availability: found 999; allowed: percent, above 0 and up to 100; write for example 99.9",
        customer="contract: {number: '1', level: gold, availability: 999}\n",
    ),
    "hours-backwards": Bad(
        "acme/customer.yaml:1: contract: hours: found '18:00-08:00'; allowed: \"HH:MM-HH:MM\", opening before closing; leave it out for round the clock",
        customer="contract: {number: '1', level: gold, hours: '18:00-08:00'}\n",
    ),
    "unknown-weekday": Bad(
        "acme/customer.yaml:1: contract: weekdays: found 'monday'; allowed: fri, mon, sat, sun, thu, tue, wed; did you mean 'mon'?",
        customer="contract: {number: '1', level: gold, weekdays: [monday]}\n",
    ),
    "contact-unreachable": Bad(
        "acme/customer.yaml:1: contact 'Li': found no phone, the preferred means; allowed: a contact who can be reached; add 'phone: …'",
        customer="contacts: [{name: Li, email: li@example.com, means: phone}]\n",
    ),
    "contact-bad-mail": Bad(
        "acme/customer.yaml:1: contact 'Li': email: found 'li.example.com'; allowed: an address such as name@example.com; correct it",
        customer="contacts: [{name: Li, email: li.example.com}]\n",
    ),
    "site-twice": Bad(
        "acme/customer.yaml:3: site 'hz': found twice; allowed: once; rename one of them",
        customer="sites:\n  - {name: hz}\n  - {name: hz}\n",
    ),
    "report-time": Bad(
        'acme/customer.yaml:1: report_time: found \'6.30\'; allowed: a time of day as "HH:MM"; write for example "06:30"',
        customer="report_time: '6.30'\n",
    ),
}


def folder(where: Path, bad: Bad) -> Path:
    """Write *bad* as the only customer of an inventory and return the inventory's folder."""
    home = where / "inventories" / "acme"
    home.mkdir(parents=True)
    for name in ("hosts", "customer", "groups", "defaults", "credentials"):
        if text := getattr(bad, name):
            (home / f"{name}.yaml").write_text(text)
    return home.parent


@pytest.mark.parametrize("name", TABLE)
def test_a_mistake_gives_exactly_its_message(tmp_path: Path, name: str) -> None:
    with pytest.raises(InventoryError) as caught:
        read(folder(tmp_path, TABLE[name]), PLATFORMS)
    assert caught.value.mistakes == (TABLE[name].says,)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    bad = Bad("", hosts=GOOD + "  port: 0\n  platform: junos\n", customer="time_zone: Mars\n")
    with pytest.raises(InventoryError) as caught:
        read(folder(tmp_path, bad), PLATFORMS)
    assert len(caught.value.mistakes) == 3


def test_a_secret_found_in_a_file_is_not_repeated_in_the_message(tmp_path: Path) -> None:
    canary = "canary-2f81"
    bad = Bad("", hosts=GOOD + f"  password: {canary}\n", credentials=f"old: {{snmp: v2c, community: {canary}}}\n")
    with pytest.raises(InventoryError) as caught:
        read(folder(tmp_path, bad), PLATFORMS)
    assert len(caught.value.mistakes) == 2
    assert canary not in str(caught.value)


@pytest.mark.parametrize(
    "hosts",
    [
        "sw1: {hostname: 10.0.0.1, snmp: {community: CANARY}}",
        "sw1: {hostname: 10.0.0.1, ssh: {username: x, anything: CANARY}}",
        "sw1: {hostname: 10.0.0.1, data: {snmp: {communities: [CANARY]}}}",
        "sw1: {hostname: 10.0.0.1, data: {site: {x: CANARY}, role: [{x: CANARY}], parents: {x: CANARY}}}",
        "sw1: {hostname: {x: CANARY}, port: {x: CANARY}, platform: {x: CANARY}, groups: [{x: CANARY}]}",
        "sw1: [{community: CANARY}]",
        "sw1: {hostname: 10.0.0.1, data: [{x: CANARY}]}",
    ],
)
def test_what_stands_below_keys_is_never_repeated(tmp_path: Path, hosts: str) -> None:
    bad = Bad(
        "", hosts=hosts.replace("CANARY", "canary-2f81") + "\n", customer="time_zone: {x: canary-2f81}\nreport_time: [{x: canary-2f81}]\n"
    )
    with pytest.raises(InventoryError) as caught:
        read(folder(tmp_path, bad), PLATFORMS)
    assert len(caught.value.mistakes) > 2
    assert "canary-2f81" not in str(caught.value)
