"""A good inventory becomes customers, devices and profiles."""

from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from healthd.errors import ConfigError
from healthd.inventory.read import read

PLATFORMS = ("ios", "iosxe")
CUSTOMER = """
title: 华东制造
languages: [zh-CN, en]
time_zone: Asia/Shanghai
contract: {number: HT-1, level: 7x24x4, starts: 2026-01-01, ends: 2027-12-31, availability: 99.9, hours: "08:00-18:00", weekdays: [mon, tue]}
contacts: [{name: Li Wei, phone: "123"}]
sites: [{name: hz, branch: Hangzhou, direct_ship: true}]
report_time: 07:15
"""
HOSTS = """
rt1: {hostname: 10.0.0.1, groups: [wan]}
sw1:
  hostname: 2001:db8::1
  port: 22
  groups: [access, hz]
  data: {parents: rt1, snmp: core}
"""
GROUPS = """
wan: {platform: cisco_xe, port: 1161, data: {role: wan, service_point: WAN, snmp: core}}
access: {data: {role: access, site: hz}}
hz: {platform: cisco_ios, data: {role: core}}
"""


def inventory(where: Path, **files: str) -> Path:
    home = where / "hd"
    home.mkdir()
    for name, text in files.items():
        (home / f"{name}.yaml").write_text(text)
    (where / "credentials.yaml").write_text("core: {snmp: v2c, community: 'env:LAB_COMMUNITY'}\n")
    return where


def test_customer_and_devices_are_read_with_nornirs_inheritance(tmp_path: Path) -> None:
    found = read(
        inventory(tmp_path, customer=CUSTOMER, hosts=HOSTS, groups=GROUPS, defaults="data: {role: other, in_service: false}"), PLATFORMS
    )
    (who,) = found.customers
    assert (who.code, who.title, who.languages, who.zone) == ("hd", "华东制造", ("zh-CN", "en"), ZoneInfo("Asia/Shanghai"))
    assert who.contract
    assert (who.contract.ends, who.contract.hours, who.contract.weekdays) == (date(2027, 12, 31), (time(8), time(18)), {0, 1})
    assert who.report_time == time(7, 15)
    assert who.contacts[0].means == "phone"
    router, switch = found.of("hd")
    assert (router.port, router.platform, router.role, router.service_point) == (1161, "iosxe", "wan", "WAN")
    assert (switch.address, switch.port, switch.role, switch.platform) == ("2001:db8::1", 161, "access", "ios")
    assert (switch.parents, switch.site, switch.in_service) == (("rt1",), "hz", False)


def test_a_bare_nornir_file_works_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "hosts.yaml").write_text("sw1: {hostname: 10.0.0.1, platform: cisco_ios}\n")
    found = read(tmp_path / "hosts.yaml", PLATFORMS)
    assert [d.name for d in found.devices] == ["sw1"]
    assert found.customers[0].code == tmp_path.name


def test_a_customers_own_profile_wins_over_the_one_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = inventory(
        tmp_path, hosts=HOSTS, groups=GROUPS.replace("site: hz", "tags: [x]"), credentials="core: {snmp: v2c, community: 'env:OWN'}\n"
    )
    monkeypatch.setenv("OWN", "own-word")
    monkeypatch.setenv("LAB_COMMUNITY", "other-word")
    found = read(root, PLATFORMS)
    credential = found.profiles[found.of("hd")[0].snmp].resolve()
    assert credential.community.reveal() == "own-word"
    assert "own-word" not in repr(credential)


def test_a_secret_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "community"
    secret.write_text("word\n")
    secret.chmod(0o644)
    root = inventory(tmp_path, hosts=HOSTS, groups=GROUPS.replace("site: hz", "tags: [x]"))
    (root / "credentials.yaml").write_text(f"core: {{snmp: v2c, community: 'file:{secret}'}}\n")
    profile = read(root, PLATFORMS).profiles["core"]
    with pytest.raises(ConfigError, match=r"mode 0644\); run: chmod 0600"):
        profile.resolve()
    secret.chmod(0o600)
    assert profile.resolve().community.reveal() == "word"


def test_an_unset_variable_is_named_not_guessed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LAB_COMMUNITY", raising=False)
    profile = read(inventory(tmp_path, hosts=HOSTS, groups=GROUPS.replace("site: hz", "tags: [x]")), PLATFORMS).profiles["core"]
    with pytest.raises(ConfigError, match="the environment has no LAB_COMMUNITY"):
        profile.resolve()
