"""``healthd inventory`` from the outside: check, list, import."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HOSTS = "# kept by hand\nsw1:\n  hostname: 10.0.0.1  # the first\nsw2:\n  hostname: 10.0.0.2\n"
TABLE = "name,address,site,platform\nsw1,10.0.0.1,,iosxe\nsw3,10.0.0.3,,\n"

HOW = (
    "allowed: 'snmp' or 'ssh' below 'data:' of the device, of one of its groups, or of defaults.yaml; "
    "for all of them write 'data: {snmp: NAME}' into acme/defaults.yaml, NAME of a profile in acme/credentials.yaml"
)
UTC = "no time_zone: days begin and end in UTC; write for example 'time_zone: Asia/Shanghai'"
NOBODY = "no contact takes reports by mail: they are only written; add contacts with an email and 'reports: daily'"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "inventories" / "acme"
    folder.mkdir(parents=True)
    (folder / "hosts.yaml").write_text(HOSTS)
    (tmp_path / "new.csv").write_text(TABLE)
    return tmp_path


def run(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", **more}
    command = [sys.executable, "-m", "healthd", "inventory", *words]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=60)


def hosts(folder: Path) -> str:
    return (folder / "inventories" / "acme" / "hosts.yaml").read_text()


def test_a_good_inventory_is_counted_and_a_device_nobody_can_ask_is_a_mistake(home: Path) -> None:
    told = run(home, "check", "--json")
    assert told.returncode == 2
    assert json.loads(told.stdout) == {
        "customers": 1, "devices": 2,
        "mistakes": ["acme/hosts.yaml:2: no credential profile: sw1, sw2; " + HOW],
        "notes": [f"acme/customer.yaml:1: the file is missing: {said}" for said in (UTC, NOBODY)],
    }  # fmt: skip
    folder = home / "inventories" / "acme"
    (folder / "defaults.yaml").write_text("data: {snmp: v2c}\n")
    (folder / "credentials.yaml").write_text("v2c:\n  {snmp: v2c, community: 'env:ACME_RO'}\n")
    missing = run(home, "check")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert "acme/credentials.yaml:2: profile 'v2c': community: the environment has no ACME_RO" in missing.stderr
    (folder / "credentials.yaml").write_text("v2c:\n  snmp: v3\n  user: u\n  auth: env:ACME_A\n  priv: file:/nowhere/p\n")
    both = run(home, "check").stderr.splitlines()[:2]
    assert [line.partition(": ")[0] for line in both] == ["acme/credentials.yaml:4", "acme/credentials.yaml:5"], "every secret is tried"
    (folder / "credentials.yaml").write_text("v2c: {snmp: v2c, community: 'env:ACME_RO'}\n")
    assert run(home, "check", "--no-secrets").stdout == "1 customer, 2 devices, no mistakes\n"
    assert run(home, "check", ACME_RO="x").returncode == 0


def test_what_may_not_be_meant_is_a_note_and_no_mistake(home: Path) -> None:
    folder = home / "inventories" / "acme"
    (folder / "credentials.yaml").write_text("v2c: {snmp: v2c, community: 'env:ACME_RO'}\n")
    (folder / "defaults.yaml").write_text("data: {snmp: v2c}\n")
    (folder / "customer.yaml").write_text("title: ACME\ncontacts: [{name: Li, email: li@example.com, reports: none}]\n")
    done = run(home, "check", ACME_RO="x")
    assert (done.returncode, done.stdout) == (0, "1 customer, 2 devices, no mistakes\n")
    assert done.stderr.splitlines() == [f"note: acme/customer.yaml:1: {said}" for said in (UTC, NOBODY)]
    (folder / "customer.yaml").write_text("time_zone: Asia/Shanghai\ncontacts: [{name: Li, email: li@example.com}]\n")
    assert run(home, "check", ACME_RO="x").stderr == ""


def test_a_key_below_data_that_is_nearly_ours_is_noted_and_one_of_the_customers_own_is_not(home: Path) -> None:
    folder = home / "inventories" / "acme"
    (folder / "credentials.yaml").write_text("v2c: {snmp: v2c, community: 'env:ACME_RO'}\n")
    (folder / "defaults.yaml").write_text("data:\n  snmp: v2c\n  snmp_prot: 1161\n  rack: 7\n")
    (folder / "customer.yaml").write_text("time_zone: Asia/Shanghai\ncontacts: [{name: Li, email: li@example.com}]\n")
    (folder / "hosts.yaml").write_text("sw1:\n  hostname: 10.0.0.1\n  data:\n    SSH_port: 22\n    serial: FOC1\n    contract: C-7\n")
    done = run(home, "check", ACME_RO="x")
    own = "a key of your own that healthd does not read; did you mean"
    assert (done.returncode, done.stderr.splitlines()) == (
        0,
        [
            f"note: acme/hosts.yaml:4: found 'SSH_port' below 'data:', {own} 'ssh_port'?",
            f"note: acme/defaults.yaml:3: found 'snmp_prot' below 'data:', {own} 'snmp_port'?",
        ],
    )


def test_a_key_that_stands_one_level_too_high_is_told_where_it_belongs(home: Path) -> None:
    (home / "inventories" / "acme" / "hosts.yaml").write_text("sw1:\n  hostname: 10.0.0.1\n  snmp: v2c\n")
    assert run(home, "check").stderr == (
        "acme/hosts.yaml:3: device 'sw1': found 'snmp' beside 'data:'; allowed: below it; write 'data: {snmp: v2c}'\n"
    )


def test_all_mistakes_of_all_files_are_told_at_once(home: Path) -> None:
    (home / "inventories" / "acme" / "customer.yaml").write_text("time_zone: Mars\nlanguages: [zh]\n")
    (home / "inventories" / "acme" / "hosts.yaml").write_text("sw1:\n  hostname: 10.0.0.256\n")
    done = run(home, "check")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 3)
    assert run(home, "list").returncode == 2
    assert all(line.startswith(("acme/customer.yaml:", "acme/hosts.yaml:")) for line in done.stderr.splitlines())


def test_listing_gives_a_table_or_objects(home: Path) -> None:
    table = run(home, "list").stdout.splitlines()
    assert table[0].split() == ["CUSTOMER", "DEVICE", "ADDRESS", "PLATFORM", "SITE", "ROLE"]
    assert [line.split()[:3] for line in table[1:]] == [["acme", "sw1", "10.0.0.1"], ["acme", "sw2", "10.0.0.2"]]
    assert [json.loads(line)["name"] for line in run(home, "list", "--json").stdout.splitlines()] == ["sw1", "sw2"]
    assert "platform" not in json.loads(run(home, "list", "--json").stdout.splitlines()[0]), "what is not said is left out"
    assert run(home, "list", "--customer", "acne").returncode == 3


def test_a_dry_run_shows_the_difference_and_changes_nothing(home: Path) -> None:
    done = run(home, "import", "new.csv", "--customer", "acme", "--dry-run")
    assert done.returncode == 0
    assert sorted(line.split()[:2] for line in done.stdout.splitlines()) == [["+", "acme/sw3"], ["~", "acme/sw1"]]
    assert hosts(home) == HOSTS
    assert not list((home / "inventories" / "acme").glob("*.new"))


def test_importing_adds_and_changes_keeps_comments_and_removes_only_when_told(home: Path) -> None:
    assert run(home, "import", "new.csv", "--customer", "acme").returncode == 0
    assert "sw2:" in hosts(home), "nothing is removed without --prune"
    assert "# kept by hand" in hosts(home)
    again = run(home, "import", "new.csv", "--customer", "acme")
    assert (again.stdout, again.stderr) == ("", "acme: nothing to change\n")
    pruned = run(home, "import", "new.csv", "--customer", "acme", "--prune", "--json")
    assert [(json.loads(line)["change"], json.loads(line)["device"]) for line in pruned.stdout.splitlines()] == [("remove", "sw2")]
    assert [json.loads(line)["name"] for line in run(home, "list", "--json").stdout.splitlines()] == ["sw1", "sw3"]


def test_what_would_not_read_back_is_not_left_behind(home: Path) -> None:
    (home / "bad.csv").write_text("name,address,site\nsw8,10.0.0.257,nowhere\nsw9,10.0.0.256,nowhere\n")
    done = run(home, "import", "bad.csv", "--customer", "acme")
    assert done.returncode == 2
    assert "found '10.0.0.256'" in done.stderr
    assert all(line.startswith("healthd: ") for line in done.stderr.splitlines())
    assert done.stderr.splitlines()[-1] == "healthd: nothing was imported"
    assert hosts(home) == HOSTS
    fresh = run(home, "import", "bad.csv", "--customer", "other")
    assert fresh.returncode == 2
    assert not (home / "inventories" / "other").exists()


def test_a_dry_run_tells_the_mistakes_that_the_import_would_tell(home: Path) -> None:
    folder = home / "inventories" / "acme"
    (home / "inventories" / "credentials.yaml").write_text("v2c: {snmp: v2c, community: 'env:ACME_RO'}\n")
    (folder / "defaults.yaml").write_text("data: {snmp: v2c}\n")
    (home / "bad.csv").write_text("name,address,role\nfw-1,10.0.0.3,firewal\n")
    dry, wet = (run(home, "import", "bad.csv", "--customer", "acme", *more) for more in (("--dry-run",), ()))
    assert (dry.returncode, dry.stdout, dry.stderr) == (wet.returncode, wet.stdout, wet.stderr)
    assert dry.returncode == 2
    (first, _) = dry.stderr.splitlines()
    assert first.startswith("healthd: acme/hosts.yaml:9: device 'fw-1': role: found 'firewal'; allowed: access, ")
    assert first.endswith("did you mean 'firewall'?")
    assert hosts(home) == HOSTS


def test_of_several_customers_all_are_taken_over_or_none(home: Path) -> None:
    (home / "two.csv").write_text("name,address,customer,role\nsw3,10.0.0.3,acme,core\nfw-1,10.0.0.4,other,firewal\n")
    assert run(home, "import", "two.csv").returncode == 2
    assert hosts(home) == HOSTS
    assert not (home / "inventories" / "other").exists()


def test_a_customer_in_a_table_that_is_no_folders_name_makes_no_folder(home: Path) -> None:
    (home / "odd.csv").write_text("name,address,customer\nsw3,10.0.0.3,../elsewhere\n")
    done = run(home, "import", "odd.csv")
    assert (done.returncode, done.stderr) == (
        2, "healthd: odd.csv:2: device 'sw3': found customer '../elsewhere'; allowed: letters, digits, . _ - (it names a folder); correct it\n"
    )  # fmt: skip
    assert not (home / "elsewhere").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "nothing.csv", "--customer", "acme"), "cannot read nothing.csv"),
        (("import", "new.csv"), "found no customer"),
        (("import", "what.ever", "--customer", "acme"), "say it with --format"),
        (
            ("import", "new.csv", "--customer", "acme", "--format", "xml"),
            "--format: found 'xml'; allowed: ansible, csv, netbox, nornir, xlsx",
        ),
    ],
)
def test_a_source_that_cannot_be_read_is_told(home: Path, words: tuple[str, ...], said: str) -> None:
    done = run(home, *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
