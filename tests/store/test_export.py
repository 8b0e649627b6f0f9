"""Exports hold every value, and nothing in them acts."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from healthd.errors import StoreError
from healthd.model.device import Customer, Device
from healthd.model.interval import Interval
from healthd.model.observation import Reading
from healthd.model.poll import Layout, Sweep
from healthd.store import export, sweeps
from healthd.store.database import Settings

START = datetime(2026, 3, 2, tzinfo=UTC)
WINDOW = Interval(START, START + timedelta(days=2))
ACME = Customer(code="acme", title="Acme")
DEVICES = [Device(name="r1", customer="acme", address="")]
EVIL = '=HYPERLINK("http://x","click")'


@pytest.fixture
def filled(store: Settings) -> None:
    readings = (
        Reading(metric="cpu.busy", item=EVIL, value=20.5, unit="%"),
        Reading(metric="psu.state", item=' @cmd "\n,\udcff', value="-ok", raw=2, source="X"),
    )
    sweeps.put_layout("acme", Layout(device="r1", readings=readings, words={"X": {2: "-ok"}}))
    rows = [Sweep(device="r1", at=START + timedelta(hours=h), values=(-h - 0.5, 2), rtt_ms=1.5) for h in range(0, 48, 6)]
    sweeps.add("acme", rows)


def test_parquet_holds_every_value(filled: None, tmp_path: Path) -> None:
    assert export.write(tmp_path / "x.parquet", ACME, DEVICES, WINDOW) == 24
    rows = pq.read_table(tmp_path / "x.parquet").to_pylist()
    cpu = [row for row in rows if row["metric"] == "cpu.busy"]
    assert [row["value"] for row in cpu] == [-h - 0.5 for h in range(0, 48, 6)]
    assert cpu[1]["at"] == START + timedelta(hours=6)
    assert {row["word"] for row in rows if row["metric"] == "psu.state"} == {"-ok"}
    assert {row["item"] for row in cpu} == {EVIL}


def test_csv_holds_every_value_and_no_cell_is_a_formula(filled: None, tmp_path: Path) -> None:
    assert export.write(tmp_path / "x.csv", ACME, DEVICES, WINDOW) == 24
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 24
    assert [float(row["value"]) for row in rows if row["metric"] == "cpu.busy"] == [-h - 0.5 for h in range(0, 48, 6)]
    texts = [row[name] for row in rows for name in ("device", "metric", "item", "unit", "word")]
    assert not [text for text in texts if text.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert f"'{EVIL}" in texts


def test_only_the_wanted_metrics(filled: None, tmp_path: Path) -> None:
    assert export.write(tmp_path / "x.csv", ACME, DEVICES, WINDOW, ["icmp.rtt"]) == 8
    clocks = ("snmp.engine.boots", "snmp.engine.time", "uptime")
    assert export.metrics("acme") == ("cpu.busy", "icmp.loss", "icmp.rtt", "psu.state", *clocks)


def test_an_export_that_cannot_be_made_leaves_no_file(filled: None, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"\.parquet or \.csv"):
        export.write(tmp_path / "x.xls", ACME, DEVICES, WINDOW)
    with pytest.raises(StoreError, match="cannot write"):
        export.write(tmp_path / "no" / "x.csv", ACME, DEVICES, WINDOW)
    assert list(tmp_path.glob("**/*.part")) == []
