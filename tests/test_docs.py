"""The documents tell the truth: their examples load, their links lead somewhere, their commands exist."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from healthd.inventory.read import read

ROOT = Path(__file__).parent.parent
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
PLATFORMS = ("ios", "iosxe", "nxos", "iosxr", "asa")


def blocks(file: Path, kind: str) -> list[str]:
    found = re.findall(r"^([ ]*)```(\w*)\n(.*?)^[ ]*```$", file.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return ["".join(line.removeprefix(margin) for line in block.splitlines(keepends=True)) for margin, its, block in found if its == kind]


@pytest.mark.parametrize("file", DOCS, ids=lambda f: str(f.relative_to(ROOT)))
def test_links_lead_somewhere(file: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", file.read_text("utf-8")):
        if not target.startswith(("http://", "https://")):
            assert (file.parent / target).exists(), f"{file.name} links to {target}"


@pytest.mark.parametrize("file", DOCS, ids=lambda f: str(f.relative_to(ROOT)))
def test_files_that_are_named_exist(file: Path) -> None:
    for target in re.findall(r"`((?:docs|healthd|tests|benchmarks|inventories)/[\w./-]+\.\w+)`", file.read_text("utf-8")):
        assert (ROOT / target).exists(), f"{file.name} names {target}"


def test_the_inventory_of_the_documents_loads(tmp_path: Path) -> None:
    customer, hosts, groups, defaults, credentials = blocks(ROOT / "docs" / "inventory.md", "yaml")
    home = tmp_path / "acme"
    home.mkdir()
    (home / "customer.yaml").write_text(customer)
    (home / "hosts.yaml").write_text(hosts + "hz-edge-01: {hostname: 10.1.0.9}\n")
    (home / "groups.yaml").write_text(groups)
    (home / "defaults.yaml").write_text(defaults)
    (home / "credentials.yaml").write_text(credentials)
    found = read(tmp_path, PLATFORMS)
    assert found.devices[0].service_point == "HQ core"
    assert set(yaml.safe_load(credentials)) == {name.split("/")[1] for name in found.profiles}


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_first_inventory_of_the_readme_can_be_imported_and_has_no_mistake(name: str, tmp_path: Path) -> None:
    (table,) = blocks(ROOT / name, "csv")
    (tmp_path / "devices.csv").write_text(table)
    command = [sys.executable, "-m", "healthd", "inventory", "import", "devices.csv", "--customer", "acme"]
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode == 0
    home = tmp_path / "inventories" / "acme"
    for block, file in zip(blocks(ROOT / name, "yaml"), ("credentials", "defaults", "customer"), strict=True):
        assert f"# {file}.yaml" in block.splitlines()[0]
        (home / f"{file}.yaml").write_text(block)
    found = read(tmp_path / "inventories", PLATFORMS)
    assert [(d.name, d.snmp, d.role) for d in found.devices] == [("acc-01", "acme/core-v3", "access"), ("core-01", "acme/core-v3", "core")]
    assert (found.unasked, found.remarks) == ((), ())


def test_the_commands_that_the_documents_show_exist() -> None:
    text = "\n".join(block for file in DOCS for block in blocks(file, ""))
    shown = set(re.findall(r"^\s*(?:\.venv/bin/)?healthd ([a-z]+)(?: ([a-z]+)\b(?![./-]))?", text, re.MULTILINE))
    assert len(shown) >= 4
    for noun, verb in shown:
        done = subprocess.run([sys.executable, "-m", "healthd", noun, "--help"], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"healthd {noun}: {done.stderr}"
        assert not verb or "[OPTIONS] COMMAND" not in done.stdout or re.search(rf"^\s+{verb}\b", done.stdout, re.MULTILINE), (
            f"healthd {noun} {verb}"
        )


def test_the_two_readmes_show_the_same_commands() -> None:
    english, chinese = (
        re.findall(r"healthd [a-z]+ ?[a-z]*", "\n".join(blocks(ROOT / name, ""))) for name in ("README.md", "README.zh-CN.md")
    )
    assert english == chinese


def test_every_setting_is_documented_with_its_default_and_what_is_allowed() -> None:
    from healthd.cli import _tables
    from healthd.cli.config import described
    from healthd.store.database import DEFAULT

    text = (ROOT / "docs" / "settings.md").read_text("utf-8")
    for table, kind in _tables.tables().items():
        part = text.split(f"## [{table}]\n")[1].split("\n## ")[0]
        rows = dict(re.findall(r"^\| `(\w+)` \| (.*? \| .*?) \| .+ \|$", part, re.MULTILINE))
        told = {said["key"]: said for said in described(table, kind)}
        assert set(rows) == set(told)
        for key, cells in rows.items():
            default, allowed = told[key]["default"], told[key]["allowed"]
            shown = {None: "none", "": "empty", DEFAULT: "a SQLite file in the data folder"}.get(
                default if isinstance(default, str) else None
            )
            shown = shown if default in (None, "", DEFAULT) else f"`{json.dumps(default)}`"
            assert cells == f"{shown} | {allowed}", f"[{table}] {key}"
