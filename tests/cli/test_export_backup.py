"""``healthd export`` and ``healthd backup`` from the outside."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from healthd.model.observation import Reading
from healthd.model.poll import Layout, Sweep
from healthd.store import database, sweeps

START = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    database.open_database(database.Settings().within(folder))
    sweeps.put_layout("acme", Layout(device="r1", readings=(Reading(metric="cpu.busy", item="CPU", value=1.5),)))
    sweeps.add("acme", [Sweep(device="r1", at=START + timedelta(hours=h), values=(float(h),)) for h in range(24)])
    database.close_database()
    return folder


def healthd(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "healthd", *map(str, words)], capture_output=True, text=True, check=False, timeout=60)


def test_export_writes_what_was_asked_for(data: Path, tmp_path: Path) -> None:
    asked = ("export", tmp_path / "x.csv", "--customer", "acme", "--from", "2026-03-02", "--to", "2026-03-02T06:00", "--data", data)
    done = healthd(*asked)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"wrote 6 values of 1 device to {tmp_path}/x.csv\n"
    assert len((tmp_path / "x.csv").read_text("utf-8-sig").splitlines()) == 7


@pytest.mark.parametrize(
    ("more", "status", "said"),
    [
        (("--customer", "none"), 3, "unknown customer 'none'; known: acme"),
        (("--customer", "acme", "--device", "r7"), 3, "unknown device 'r7'; known: r1"),
        (("--customer", "acme", "--metric", "cpu.bussy"), 3, "unknown metric 'cpu.bussy'; known: cpu.busy"),
        (("--customer", "acme", "--from", "yesterday"), 2, "found 'yesterday'; allowed: a day or a moment"),
        (("--customer", "acme", "--from", "2026-03-02", "--to", "2026-03-01"), 2, "allowed: --from before --to"),
    ],
)
def test_export_says_what_is_wrong(data: Path, tmp_path: Path, more: tuple[str, ...], status: int, said: str) -> None:
    done = healthd("export", tmp_path / "x.csv", "--data", data, *more)
    assert done.returncode == status
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_whose_ending_says_no_format_is_wrong_use(data: Path, tmp_path: Path) -> None:
    done = healthd("export", tmp_path / "x.xls", "--data", data, "--customer", "acme")
    assert (done.returncode, done.stderr) == (
        2, "healthd: found 'x.xls'; allowed: a name that ends in .parquet or .csv, which says the format\n"
    )  # fmt: skip


def test_a_copy_is_made_verified_and_put_back(data: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    made = healthd("backup", "--data", data, "--to", copy)
    assert "copied and checked" in made.stdout
    assert "24 sweeps" in made.stdout
    assert "24 sweeps" in healthd("backup", "--verify", copy).stdout
    (data / "healthd.sqlite3").unlink()
    assert "restored" in healthd("backup", "--data", data, "--restore", copy).stdout
    again = healthd("backup", "--data", data, "--restore", copy).stdout
    assert f"the database that was there is kept as {data}/healthd.sqlite3.before" in again
    assert (data / "healthd.sqlite3.before").exists()
    assert healthd("backup", "--data", data).returncode == 0
    assert len(list((data / "backups").iterdir())) == 1


def test_a_copy_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("no copy" * 1000)
    done = healthd("backup", "--verify", tmp_path / "x")
    assert done.returncode == 1
    assert "damaged or no copy" in done.stderr
    assert healthd("backup", "--verify", "a", "--restore", "b").returncode == 2
