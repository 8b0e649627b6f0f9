"""When the machine may open cases, and what contracts cover: read whole, or every mistake with its line."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from healthd.errors import InventoryError
from healthd.inventory.read import read
from healthd.model.coverage import Coverage
from healthd.model.device import Customer
from healthd.model.policy import Mode, Policy

RULES = ("bgp", "cpu", "device_down", "interface_down")


def customer(folder: Path, cases: str = "", contracts: str | bytes = "") -> Customer:
    here = folder / "acme"
    here.mkdir(exist_ok=True)
    (here / "hosts.yaml").write_text("sw1: {hostname: 192.0.2.1}\n")
    (here / "customer.yaml").write_text(cases, "utf-8")
    if contracts:
        (here / "contracts.csv").write_bytes(contracts if isinstance(contracts, bytes) else contracts.encode())
    (found,) = read(folder, ("ios",), RULES).customers
    return found


def mistakes(folder: Path, cases: str = "", contracts: str = "") -> list[str]:
    with pytest.raises(InventoryError) as raised:
        customer(folder, cases, contracts)
    return [each.removeprefix("acme/") for each in raised.value.mistakes]


def test_without_a_word_the_defaults_hold(tmp_path: Path) -> None:
    assert customer(tmp_path).cases == Policy()


def test_everything_that_can_be_said_is_read_and_an_unquoted_off_is_off(tmp_path: Path) -> None:
    said = """
cases:
  desk: request_tracker
  rules: {bgp: open, cpu: off, interface_down: "off"}
  others: draft
  hold: 90m
  suspect: 5m
  settle: 0
  reopen: 2d
  notices: 5
  most: 20
"""
    assert customer(tmp_path, said).cases == Policy(
        desk="request_tracker",
        rules={"bgp": Mode.OPEN, "cpu": Mode.OFF, "interface_down": Mode.OFF},
        others=Mode.DRAFT,
        hold=timedelta(minutes=90),
        suspect=timedelta(minutes=5),
        settle=timedelta(0),
        reopen=timedelta(days=2),
        notices=5,
        most=20,
    )


def test_what_is_wrong_is_told_with_its_line_what_is_allowed_and_what_to_do(tmp_path: Path) -> None:
    said = "cases:\n  rules: {bpg: open, cpu: close}\n  hold: ten\n  most: 0\n  opne: 1\n"
    assert mistakes(tmp_path, said) == [
        "customer.yaml:5: cases: found key 'opne'; allowed: desk, hold, most, notices, others, reopen, rules, settle, suspect; did you mean 'reopen'?",
        "customer.yaml:3: cases: hold: found 'ten'; allowed: 0 to 30 days as 90m, 24h or 2d; write for example 10m",
        "customer.yaml:4: cases: most: found 0; allowed: 1 to 1000 an hour; write for example 10",
        "customer.yaml:2: cases: rules: found key 'bpg'; allowed: bgp, cpu, device_down, interface_down; did you mean 'bgp'?",
        "customer.yaml:2: cases: rules: cpu: found 'close'; allowed: draft, off, open; use one of them",
    ]


@pytest.mark.parametrize(
    "said", ["cases: [1]", "cases: {rules: [bgp]}", "cases: {others: {a: b}}", "cases: {hold: [1]}", "cases: {hold: 400d}"]
)
def test_odd_forms_are_mistakes_and_no_tracebacks(tmp_path: Path, said: str) -> None:
    assert len(mistakes(tmp_path, said)) == 1


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_units_are_read_from_a_table_as_spreadsheets_write_it(tmp_path: Path, delimiter: str) -> None:
    lines = [
        "Serial,PID,contract,level,starts,ends,warranty,supported",
        "FOC2242L0AB,C9300-48P,200457,7 x 24 x 4,2026-01-01,2026/12/31,,2031-10-31",
        "",
    ]
    table = "\ufeff" + "\r\n".join(lines).replace(",", delimiter)
    assert customer(tmp_path, contracts=table).coverage == (
        Coverage(
            serial="FOC2242L0AB",
            pid="C9300-48P",
            contract="200457",
            level="7 x 24 x 4",
            starts=date(2026, 1, 1),
            ends=date(2026, 12, 31),
            supported=date(2031, 10, 31),
        ),
    )


def test_every_mistake_of_the_table_is_told_at_once(tmp_path: Path) -> None:
    table = "serial,ends,starts\nFOC2242L0AB,2026-02-30,\nx,,\nFOC2242L0AC,2025-01-01,2026-01-01\nfoc2242l0ac,,\n"
    assert [each.split(": ", 2)[0] + " " + each.split(": ", 2)[1] for each in mistakes(tmp_path, contracts=table)] == [
        "contracts.csv:2 ends",
        "contracts.csv:3 serial",
        "contracts.csv:4 ends",
        "contracts.csv:5 serial",
    ]


def test_columns_that_nobody_knows_are_named(tmp_path: Path) -> None:
    (found,) = mistakes(tmp_path, contracts="serial,vendor\nFOC2242L0AB,Cisco\n")
    assert found.startswith("contracts.csv:1: found the column 'vendor'; allowed: serial, pid, contract")


def test_a_table_in_another_encoding_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(InventoryError, match="save the table as CSV UTF-8"):
        customer(tmp_path, contracts="serial,level\nFOC2242L0AB,金牌\n".encode("gb18030"))
