"""Every recorded device, served over real sockets and polled by the command line, is read as independent expectations say."""

import json
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import walks

pytestmark = pytest.mark.corpus
GROUPS = "walks:\n  data:\n    snmp: walks\n"
CREDENTIALS = "walks:\n  snmp: v2c\n  community: 'env:WALKS_COMMUNITY'\n"


@dataclass(frozen=True, slots=True)
class Served:
    """Recorded devices that answer: the *inventory* that names them, and the file whose changes are served."""

    inventory: Path
    overrides: Path

    def polled(self, *more: str) -> Path:
        """Run ``healthd poll --json``; return the file of its lines."""
        file = self.inventory.parent / "polled.jsonl"
        env = {**os.environ, "WALKS_COMMUNITY": "public", "HEALTHD_DATA": str(self.inventory.parent / "data")}
        command = [sys.executable, "-m", "healthd", "poll", "--json", "--inventory", str(self.inventory), *more]
        with file.open("wb") as out:
            done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, env=env, check=False, timeout=300)
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return file


@contextmanager
def served(folder: Path, *options: str) -> Iterator[Served]:
    """Start the server of the recordings on a free port, as the devices of an inventory in *folder*."""
    corpus, server = walks.corpus(), walks.SHARED / "acceptance" / "serve_walks.py"
    inventory = folder / "inventory"
    inventory.mkdir()
    (inventory / "groups.yaml").write_text(GROUPS)
    (inventory / "credentials.yaml").write_text(CREDENTIALS)
    (folder / "overrides.json").write_text("{}")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.10.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, server, "--corpus", corpus, "--hosts", inventory / "hosts.yaml", "--port", port]
    command += ["--overrides", folder / "overrides.json", *options]
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen([str(word) for word in command], stdout=out, stderr=subprocess.STDOUT)
        try:
            until = time.monotonic() + 60
            while b"serving" not in log.read_bytes() and process.poll() is None and time.monotonic() < until:
                time.sleep(0.05)
            assert process.poll() is None, log.read_text()
            yield Served(inventory, folder / "overrides.json")
        finally:
            process.terminate()
            process.wait(10)


def lines(file: Path) -> Iterator[dict[str, object]]:
    """Yield the objects of a poll."""
    with file.open() as text:
        yield from map(json.loads, text)


def test_every_check_of_the_scoring_passes(tmp_path: Path) -> None:
    with served(tmp_path) as there:
        polled = there.polled()
    scoring = walks.SHARED / "acceptance" / "score_walks.py"
    command = [sys.executable, str(scoring), "--corpus", str(walks.corpus()), "--polled", str(polled), "--verbose"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr


def column(oid: walks.Oid) -> walks.Oid:
    """Return about the column of a table that *oid* is in: all but its last four numbers, which are most indexes."""
    return oid[:-4] if len(oid) > 14 else oid[:-1]


def damaged(dice: random.Random) -> dict[str, object]:
    """Return overrides that take away parts of every walk: whole columns, the ends of tables, single objects, types."""
    paths, found = walks.server().devices(walks.corpus()), dict[str, object]()
    for name, path in paths.items():
        oids = [oid for oid, _, _ in walks.server().read_walk(path) if oid[:8] != (1, 3, 6, 1, 2, 1, 1, 2)]
        columns = sorted({column(oid) for oid in oids})
        gone = set(dice.sample(columns, min(len(columns), dice.randint(1, 1 + len(columns) // 8))))
        cut = {each: dice.random() for each in dice.sample(columns, min(len(columns), 3))}
        lost = {oid for oid in oids if column(oid) in gone or dice.random() < cut.get(column(oid), 0) * 0.5}
        found[name] = {".".join(map(str, oid)): None for oid in lost}
    return found


def grave(file: Path) -> dict[str, set[tuple[str, str]]]:
    """Return the critical findings by device: rule and row."""
    found: dict[str, set[tuple[str, str]]] = {}
    for line in lines(file):
        finding = line.get("finding")
        if isinstance(finding, dict) and finding["level"] == "critical":
            rows = [finding.get("index", ""), *finding.get("indexes", [])]
            found.setdefault(str(line["device"]), set()).update((finding["rule"], row) for row in rows)
    return found


def ended(file: Path) -> dict[str, dict[str, object]]:
    """Return the last line of each device's poll."""
    return {str(line["device"]): collect for line in lines(file) if isinstance(collect := line.get("collect"), dict)}


@pytest.mark.slow
def test_what_a_device_does_not_say_is_no_failure_and_no_fault(tmp_path: Path) -> None:
    """The walks with parts taken away at random: no reader fails, and nothing critical is found that the whole walk does not show."""
    dice = random.Random(42)
    with served(tmp_path) as there:
        whole = grave(there.polled())
        for _ in range(2):
            fresh = there.overrides.with_suffix(".new")
            fresh.write_text(json.dumps(damaged(dice)))
            fresh.replace(there.overrides)
            polled = there.polled()
            assert not {name: collect["errors"] for name, collect in ended(polled).items() if collect["errors"]}
            for name, found in grave(polled).items():
                assert found <= whole.get(name, set()), name


@pytest.mark.slow
def test_lost_datagrams_cost_time_but_no_value_and_make_no_fault(tmp_path: Path) -> None:
    """Every twentieth question stays unanswered: what is read is what is read without loss."""
    settings = tmp_path / "healthd.toml"
    settings.write_text("[snmp]\ntimeout = 0.3\nretries = 4\n")
    few = ("--only", "ios*", "--only", "nxos*", "--seed", "7")

    def values(file: Path) -> set[str]:
        facts = ("system", "part", "interface", "reading", "neighbor", "finding")
        told = ((line["device"], line[key]) for line in lines(file) for key in facts if key in line)
        return {json.dumps([device, {**fact, "since": ""}]) for device, fact in told if isinstance(fact, dict)}

    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with served(tmp_path / "a", *few) as there:
        clean = there.polled("--config", str(settings))
        whole, devices = values(clean), len(ended(clean))
    with served(tmp_path / "b", *few, "--drop", "5") as there:
        lossy = there.polled("--config", str(settings))
    assert {str(collect["up"]) for collect in ended(lossy).values()} == {"True"}
    assert len(ended(lossy)) == devices > 20
    assert values(lossy) == whole
