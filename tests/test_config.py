"""The settings file is checked wholly, and every mistake names its line."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from healthd.config import load
from healthd.errors import ConfigError
from healthd.model.setting import Unfit, bound, check


@dataclass(frozen=True)
class Settings:
    timeout: float = 2.0
    retries: int = bound(2, least=0)
    url: str = ""
    where: Path | None = None
    names: tuple[str, ...] = ()

    inside: dict[str, dict[str, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check(self)
        if "x" in self.inside:
            raise Unfit("inside.x.far", repr(self.inside["x"]["far"]), "nothing")


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "healthd.toml"
    file.write_text(text)
    return file


def test_tables_become_settings_and_what_is_unsaid_keeps_its_default(tmp_path: Path) -> None:
    config = load(written(tmp_path, 'data = "d"\n[snmp]\ntimeout = 5\nwhere = "/x"\nnames = ["a", "b"]\n'))
    assert config.top("data", "") == "d"
    assert config.settings("snmp", Settings) == Settings(timeout=5.0, where=Path("/x"), names=("a", "b"))
    config.close()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[snmp]\n\ntimeout = 'x'\n", "3: [snmp] timeout: found 'x'; allowed: a number; default: 2.0"),
        ("[snmp]\nretries = true\n", "2: [snmp] retries: found True; allowed: a whole number from 0; default: 2"),
        (
            "[snmp]\ntimeuot = 1\n",
            "2: [snmp] found 'timeuot'; allowed: inside, names, retries, timeout, url, where; did you mean 'timeout'?",
        ),
        ("[snmp]\nurl = 'x'\nretries = -1\n", "3: [snmp] retries: found -1; allowed: a whole number from 0; default: 2"),
        ("[snmp]\nnames = 1\n", "2: [snmp] names: found 1; allowed: a list of text in quotes; default: ()"),
        ("[snmp]\ninside = 1\n", "2: [snmp] inside: found 1; allowed: a table of names with a table of names with a number; default: {}"),
        ("[snmp.inside]\n\n[snmp.inside.x]\nfar = 3\n[snmp.inside.y]\n", "4: [snmp] inside.x.far: found 3.0; allowed: nothing"),
        ("x = 1\n[snpm]\n", "1: found 'x'; allowed: snmp; remove it\n2: found 'snpm'; allowed: snmp; did you mean 'snmp'?"),
        ("snmp = 1\n", "1: [snmp]: found 1; allowed: a table; write [snmp] with keys below"),
    ],
)
def test_a_mistake_names_file_line_and_what_is_allowed(tmp_path: Path, text: str, says: str) -> None:
    file = written(tmp_path, text)
    config = load(file)
    config.settings("snmp", Settings)
    with pytest.raises(ConfigError) as caught:
        config.close()
    assert str(caught.value).replace(f"{file}:", "") == says


def test_a_missing_or_broken_file_is_an_error_not_a_default(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="name the file with --config"):
        load(tmp_path / "none.toml")
    with pytest.raises(ConfigError, match="not TOML"):
        load(written(tmp_path, "a = = b"))


def test_a_table_inside_another_is_read_by_its_dotted_name(tmp_path: Path) -> None:
    config = load(written(tmp_path, "[notify.mail]\ntimeout = 5\n"))
    assert config.settings("notify.mail", Settings) == Settings(timeout=5.0)
    config.settings("notify.chat", Settings)
    config.close()


def test_an_unknown_table_inside_another_is_told(tmp_path: Path) -> None:
    config = load(written(tmp_path, "[notify.mial]\ntimeout = 5\n"))
    config.settings("notify.mail", Settings)
    with pytest.raises(ConfigError, match=r"\[notify\] found 'mial'; allowed: mail; did you mean 'mail'\?"):
        config.close()
