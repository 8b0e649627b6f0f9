"""Whatever YAML stands in an inventory's files, it is read or told with file and line: nothing ends in a traceback."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from healthd.errors import InventoryError
from healthd.inventory.read import read

KEYS = [
    "sw1", "hostname", "port", "platform", "groups", "data", "snmp", "ssh", "site", "role", "parents", "uplinks", "points", "in_service", "core",
    "title", "languages", "time_zone", "contract", "number", "level", "starts", "ends", "hours", "availability", "contacts", "name", "email", "means",
    "language", "reports", "sites", "direct_ship", "report_time", "holidays", "worked", "free", "hotline", "community", "username", "password", "auth",
    "priv", "key", "enable", "snmp_port", "ssh_port", "connection_options", "phone",
]  # fmt: skip
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 70_000), st.floats(), st.dates(),
    st.sampled_from([*KEYS, "v2c", "v3", "password", "env:X", "10.0.0.1", "06:30", "", " ", "\x00", "ä", "UTC", "zh-CN", "2026-02-30"]),
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | SCALARS, inner, max_size=4),
    max_leaves=12,
)
ENTRIES = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=8)
NAMED = st.dictionaries(st.sampled_from(["sw1", "sw2", "core"]), ENTRIES | VALUES, min_size=1, max_size=3)
FILES = st.fixed_dictionaries(
    {"hosts": NAMED},
    optional={"customer": ENTRIES | VALUES, "groups": NAMED, "defaults": ENTRIES | VALUES, "credentials": NAMED},
)


@settings(max_examples=400, deadline=None)
@given(FILES)
def test_any_yaml_is_read_or_told(files: dict[str, Any]) -> None:
    with TemporaryDirectory() as made:
        folder = Path(made) / "acme"
        folder.mkdir()
        for name, value in files.items():
            (folder / f"{name}.yaml").write_text(yaml.safe_dump(value, allow_unicode=True), "utf-8")
        mistakes = told(Path(made))
    assert all(": " in each for each in mistakes)


def told(folder: Path) -> tuple[str, ...]:
    try:
        read(folder, ("ios", "iosxe"))
    except InventoryError as error:
        return error.mistakes
    return ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("sw1:\n  hostname: {{ ip }}\n", "acme/hosts.yaml:2: found a list or keys in place of a key"),
        ("sw1:\n  ? [a, b]\n  : c\n", "acme/hosts.yaml:2: found a list or keys in place of a key"),
        ("sw1:\n  hostname: 10.0.0.1\n  data: {since: 2026-02-30}\n", "acme/hosts.yaml:1: not YAML that can be read: day is out of range"),
        ("sw1:\n  hostname: !vault s3cr3t\n", "acme/hosts.yaml:2: not YAML: could not determine a constructor"),
        ("sw1:\n  <<: s3cr3t\n", "acme/hosts.yaml:2: not YAML: expected a mapping"),
        ("sw1: &a {hostname: 10.0.0.1, data: *a}\n", "acme/hosts.yaml:1: found an alias inside what it stands for"),
    ],
)
def test_what_the_yaml_reader_stumbles_over_is_told_with_its_line_and_without_what_stands_there(
    tmp_path: Path, text: str, says: str
) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "hosts.yaml").write_text(text)
    mistakes = told(tmp_path)
    assert mistakes[0].startswith(says)
    assert "s3cr3t" not in "".join(mistakes)
