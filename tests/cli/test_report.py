"""``healthd report daily``: whose, which day, which languages, where it goes, and how it ends."""

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner, Result

from healthd.cli import report
from healthd.cli._app import app
from healthd.errors import ConfigError, HealthdError
from healthd.model.availability import Probe, State, Transition
from healthd.model.observation import Reading
from healthd.model.poll import Layout, Sweep
from healthd.reports import pdf
from healthd.store import database, states, sweeps

CUSTOMER = "title: {title}\nlanguages: [{languages}]\ntime_zone: {zone}\n"
HOSTS = "{name}:\n  hostname: 192.0.2.{n}\n"
NOW = datetime.now(UTC)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with two customers, one in Shanghai, and a store that knows their devices for two days."""
    for n, (code, title, languages, zone) in enumerate(
        (("gold", "Gold Ltd", "en", "UTC"), ("yin", "银行", "zh-CN, en", "Asia/Shanghai")), 1
    ):
        folder = tmp_path / "inventories" / code
        folder.mkdir(parents=True)
        (folder / "customer.yaml").write_text(CUSTOMER.format(title=title, languages=languages, zone=zone), "utf-8")
        (folder / "hosts.yaml").write_text(HOSTS.format(name=f"{code}-rtr-01", n=n), "utf-8")
    database.open_database(database.Settings().within(tmp_path / "data"))
    for code in ("gold", "yin"):
        states.add(code, [Transition(device=f"{code}-rtr-01", at=NOW - timedelta(days=3), state=State.UP)])
        states.add_probes(code, [Probe(device=f"{code}-rtr-01", at=NOW, answered=True)])
    database.close_database()
    return tmp_path


@pytest.fixture
def run(place: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(place)

    def command(*words: str) -> Result:
        return CliRunner().invoke(app, ["report", "daily", "--data", str(place / "data"), *words])

    return command


def error(result: Result) -> HealthdError:
    assert isinstance(result.exception, HealthdError)
    return result.exception


def day(code: str, ago: int) -> str:
    zone = {"gold": UTC, "yin": ZoneInfo("Asia/Shanghai")}[code]
    return str(NOW.astimezone(zone).date() - timedelta(days=ago))


def test_all_customers_get_yesterday_in_their_own_languages_in_a_folder_each(run: Callable[..., Result], place: Path) -> None:
    result = run("--to", "out")
    assert result.exit_code == 0
    there = sorted(str(p.relative_to(place / "out")) for p in (place / "out").rglob("*.*") if p.is_file())
    assert there == sorted(
        [f"gold/daily-{day('gold', 1)}-en.pdf", f"yin/daily-{day('yin', 1)}-en.pdf", f"yin/daily-{day('yin', 1)}-zh-CN.pdf"]
    )
    assert sorted(result.stdout.split()) == [f"out/{name}" for name in there]


@pytest.mark.parametrize(("said", "ago"), [("today", 0), ("yesterday", 1), ("", 1)])
def test_a_day_may_be_named(run: Callable[..., Result], said: str, ago: int) -> None:
    found = json.loads(run("--customer", "gold", "--date", said, "--json").stdout)
    assert found["from"].startswith(day("gold", ago))
    assert bool(found["notices"]) == (said == "today")


def test_a_day_is_the_customers_own(run: Callable[..., Result]) -> None:
    found = json.loads(run("--customer", "yin", "--date", day("yin", 1), "--json").stdout)
    assert found["from"].endswith("T16:00:00+00:00")


def test_json_is_one_object_a_customer_and_draws_nothing(run: Callable[..., Result], place: Path) -> None:
    lines = run("--json", "--to", "out").stdout.splitlines()
    assert [json.loads(line)["customer"] for line in lines] == ["gold", "yin"]
    assert not (place / "out").exists()


def unsaid(said: object) -> list[str]:
    """Return the keys whose value is no value; a gap inside a series is one."""
    if isinstance(said, list):
        return [key for each in said for key in unsaid(each)]
    inner = said.items() if isinstance(said, dict) else ()
    return [key for key, value in inner if value in (None, "")] + [key for _, value in inner for key in unsaid(value)]


def test_json_leaves_out_what_is_not_known(run: Callable[..., Result]) -> None:
    long_ago = str(NOW.date() - timedelta(days=20))
    for date in (long_ago, "today"):
        assert unsaid(json.loads(run("--customer", "gold", "--date", date, "--json").stdout)) == []


def test_json_speaks_the_asked_language(run: Callable[..., Result]) -> None:
    spoken = run("--customer", "gold", "--json", "--lang", "zh-CN").stdout
    assert json.loads(spoken)["sections"]["figures"][0]["figures"][0]["label"] == "可达设备"


@pytest.mark.parametrize("said", ["2026-02-30", "21.11.2026", "tomorrow", "../x"])
def test_what_is_no_day_is_refused_with_what_is_allowed(run: Callable[..., Result], said: str) -> None:
    assert str(error(run("--date", said))) == f"--date: found {said!r}; allowed: a day as YYYY-MM-DD, today or yesterday"


def test_a_day_that_has_not_begun_is_refused(run: Callable[..., Result]) -> None:
    failed = error(run("--customer", "gold", "--date", day("gold", -2)))
    assert isinstance(failed, ConfigError)
    assert "allowed: a day that has begun for gold" in str(failed)


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("--customer", "nobody"), 3, "unknown customer 'nobody'; known: gold, yin"),
        (("--lang", "fr"), 2, "--lang: found 'fr'; allowed: en, zh-CN"),
        (("--lang", "../../en"), 2, "--lang: found '../../en'; allowed: en, zh-CN"),
    ],
)
def test_what_is_not_known_fails_with_what_is_before_anything_is_written(
    run: Callable[..., Result], place: Path, words: tuple[str, str], status: int, told: str
) -> None:
    failed = error(run(*words, "--to", "out"))
    assert (failed.exit_status, str(failed)) == (status, told)
    assert not (place / "out").exists()


def test_a_report_that_could_not_be_drawn_is_text_and_the_exit_status_says_so(
    run: Callable[..., Result], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pdf.write
    monkeypatch.setattr(pdf, "write", lambda *given, **named: real(*given, **named, seconds=0.1))
    result = run("--customer", "gold", "--to", "out")
    assert result.exit_code == report.WARNED
    assert [p.suffix for p in (place / "out" / "gold").iterdir()] == [".txt"]
    assert "a plain report, as the PDF could not be drawn" in result.stderr


def test_a_report_is_shown_when_asked_and_found_where_nobody_can_see_it(
    run: Callable[..., Result], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr("typer.launch", shown.append)
    monkeypatch.setenv("DISPLAY", ":7")
    path = f"out/gold/daily-{day('gold', 1)}-en.pdf"
    assert run("--customer", "gold", "--to", "out", "--open").stderr == ""
    assert shown == [path]
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    blind = run("--customer", "gold", "--to", "out", "--open")
    assert blind.stderr == f"healthd: there is no display to show it on; open it from {place / path}\n"
    assert shown == [path]


def test_an_empty_report_says_which_days_were_measured(run: Callable[..., Result], place: Path) -> None:
    long_ago = str(NOW.date() - timedelta(days=20))
    none = run("--customer", "gold", "--date", long_ago, "--json")
    assert none.exit_code == report.WARNED
    assert none.stderr == (
        f"healthd: gold: nothing was measured on {long_ago}, so its report is empty; make some: healthd poll --store, or healthd run\n"
    )
    database.open_database(database.Settings().within(place / "data"))
    sweeps.put_layout("gold", Layout(device="gold-rtr-01", readings=(Reading(metric="cpu.busy", item="CPU", value=1.5),)))
    sweeps.add("gold", [Sweep(device="gold-rtr-01", at=NOW - timedelta(days=ago), values=(1.0,)) for ago in (0, 2)])
    database.close_database()
    some = run("--customer", "gold", "--date", long_ago, "--json")
    assert some.stderr.endswith(f"there are measurements of {day('gold', 2)}, {day('gold', 0)} (--date)\n")
    assert run("--customer", "gold", "--date", day("gold", 2), "--json").stderr == ""


@pytest.mark.parametrize(("settings", "said"), [("", "first of 3 lost looks"), ("[daemon]\nmisses = 5\n", "first of 5 lost looks")])
def test_the_method_names_the_lost_looks_of_the_settings(run: Callable[..., Result], place: Path, settings: str, said: str) -> None:
    (place / "healthd.toml").write_text(settings)
    done = run("--customer", "gold", "--date", day("gold", 1), "--config", str(place / "healthd.toml"))
    text = subprocess.run(["pdftotext", done.stdout.strip(), "-"], capture_output=True, text=True, check=True).stdout
    assert said in " ".join(text.split())
