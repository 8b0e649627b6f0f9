"""Whatever YAML stands in an inventory's files, it is read or told with file and line: nothing ends in a traceback."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

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
