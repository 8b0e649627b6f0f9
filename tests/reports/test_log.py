"""The page of the system log, of a day and four weeks that came in over the wire."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from healthd.analysis.stream.logday import logday
from healthd.intake import Intake, Senders, keep, senders, suppressed
from healthd.model.event import Event
from healthd.model.interval import Interval
from healthd.model.logged import Logged
from healthd.model.received import Received
from healthd.model.report import Report, Section, Status, Table, Terms
from healthd.reports import daily
from healthd.reports.facts import Facts
from healthd.reports.figures import figures
from healthd.reports.fitting import PAGES
from healthd.reports.gather import Past, day_window, gather, log_windows, month_window
from healthd.reports.language import language
from healthd.reports.paper import Paper
from healthd.reports.paper_text import lines
from healthd.store import database, events, logcounts, states
from healthd.store.history import history
from tests.reports.conftest import DAY, START, Net, devices
from tests.reports.test_golden import check

USUAL = (
    (1, "core-01", "%LINEPROTO-5-UPDOWN: Line protocol on Interface GigabitEthernet1/0/{n}, changed state to down", 6),
    (1, "core-01", "%LINEPROTO-5-UPDOWN: Line protocol on Interface GigabitEthernet1/0/{n}, changed state to up", 6),
    (2, "acc-01", "%LINK-3-UPDOWN: Interface GigabitEthernet1/0/{n}, changed state to down", 2),
    (3, "edge-01", "%OSPF-5-ADJCHG: Process 1, Nbr 10.0.0.{n} on GigabitEthernet0/0 from LOADING to FULL, Loading Done", 3),
    (4, "br-01", "%SYS-6-LOGGINGHOST_STARTSTOP: Logging to host 10.0.0.9 port 514 started - CLI initiated", 1),
)
"""Place of the sender, its name, what it logs, and how often a day."""
TODAY = (
    (1, "*", 6.2, "%SYS-5-CONFIG_I: Configured from console by li on vty0 (10.0.0.9)"),
    (1, "", 8.0, "%PLATFORM_FEP-1-FRU_PS_SIGNAL_FAULTY: Switch 1: signal on power supply 1 is faulty"),
    *((1, "", 8.1 + n / 50, "%SYS-2-MALLOCFAIL: Memory allocation of 65536 bytes failed from 0x1234ABCD, alignment 0 Pool: Processor  Free: 123456  Cause: Memory fragmentation Alternate Pool: None  Free: 0  Cause: No Alternate pool") for n in range(14)),
    *((2, "", 9 + n / 20, f"%LINK-3-UPDOWN: Interface GigabitEthernet1/0/{n}, changed state to down") for n in range(40)),
    *((3, "", 13 + n / 60, "%SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: root] [Source: 203.0.113.7] [localport: 22] [Reason: Login Authentication Failed]") for n in range(9)),
    (3, "", 14.0, "%SYS-5-RESTART: System restarted --"),
    (5, "", 15.0, "%ASA-5-111010: User 'wang', running 'CLI' from IP 10.0.0.9, executed 'no logging on'"),
    *((5, "", 15.1 + n / 10, "%ASA-6-302013: Built outbound TCP connection 1 for outside:198.51.100.1/443 (198.51.100.1/443) to inside:10.0.0.1/5000 (10.0.0.1/5000)") for n in range(20)),
)  # fmt: skip
"""Place of the sender, clock flag, hour, and the line."""


def wired(place: int, number: int, at: datetime, text: str, flag: str = "") -> Received:
    ahead = timedelta(minutes=11) if place == 2 else timedelta(0)
    stamp = (at + ahead).strftime("%b %d %H:%M:%S.123")
    return Received(listener="syslog", way="udp", address=f"192.0.2.{place}", at=at, data=f"<189>{number}: {flag}{stamp}: {text}".encode())


def weeks() -> Iterator[Received]:
    """Yield four weeks of small talk."""
    for day in range(28, 0, -1):
        for place, _, text, often in USUAL:
            for n in range(often + day % 2):
                yield wired(place, day * 100 + n, START - timedelta(days=day) + timedelta(hours=n), text.format(n=n))


def today() -> Iterator[Received]:
    """Yield the day, of which br-01 says nothing and acc-01's network lost 60 lines."""
    numbers: Counter[int] = Counter()
    for place, flag, hour, text in sorted(TODAY, key=lambda each: each[2]):
        numbers[place] += 61 if place == 2 and numbers[place] == 20 else 1
        yield wired(place, numbers[place], START + timedelta(hours=hour), text, flag)


def fill(net: Net) -> None:
    known: Senders = senders([net.customer], net.devices)
    taken = Intake(senders=known)
    for messages in (list(weeks()), list(today())):
        keep(taken.take(messages), START)
    noon = START + timedelta(hours=12)
    keep(taken.take([wired(99, 1, noon, "%SYS-5-CONFIG_I: Configured from console by x on vty0")]), noon)
    for code, event in suppressed({"192.0.2.2": 250}, "udp", known, "syslog", noon):
        events.add(code, [event])
    events.add("gold", [Event(device="acc-01", received=noon, kind="psu.found", source="poll", severity=2, text="a poll noticed it")])


def facts_of(net: Net, now: datetime) -> Facts:
    window = day_window(net.customer, DAY, now)
    month = month_window(net.customer, DAY, window)
    probed = {name: probe.at for name, probe in states.probes("gold").items()}
    past = Past(
        customer=net.customer, day=history(net.customer, net.devices, window), month=history(net.customer, net.devices, month),
        probed=probed, logged=logcounts.before("gold", log_windows(net.customer, DAY)), strays=1,
    )  # fmt: skip
    return gather(past, now)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """The facts of a day with logs."""
    database.open_database(database.Settings(url=database.sqlite_url(tmp_path_factory.mktemp("logs") / "healthd.sqlite3")))
    net = Net(devices=devices("core-01:core:HQ", "acc-01:access::core-01", "edge-01:edge:WAN", "br-01:branch", "fw-01:firewall"), days=9)
    net.fill()
    fill(net)
    found = facts_of(net, START + timedelta(hours=30))
    database.close_database()
    return found


@pytest.fixture(scope="module")
def made(told: Facts) -> Report:
    return daily.report(told)


def section(report: Report, key: str) -> Section:
    return next(each for each in report.sections if each.key == key)


def table(report: Report, key: str) -> Table:
    return next(block for block in section(report, key).blocks if isinstance(block, Table))


def said(report: Report, code: str = "en") -> str:
    return "\n".join(lines(report, language(code, report.zone, Interval(report.window.start, report.window.end))))


@pytest.mark.parametrize("code", ["en", "zh-CN"])
def test_a_day_with_logs_reads_as_agreed(made: Report, code: str) -> None:
    check(made, code, "logged-day")


def test_what_a_poll_noticed_is_no_line_of_a_log(made: Report) -> None:
    assert table(made, "log").rows[2][1] == 14
    assert "a poll noticed it" not in said(made)


def test_severe_lines_stand_on_page_one_with_what_is_usual_and_a_history(made: Report) -> None:
    figure = next(f for f in section(made, "figures").blocks[0].figures if f.key == "log_lines")
    assert (figure.value, figure.status, len(figure.history)) == (55, Status.WARNING, 30)
    assert figure.history[-3:] == (2.0, 3.0, 55.0)


def test_grave_lines_are_whole_and_told_once(made: Report) -> None:
    rows = figures(made)["sections"]["grave"][0]["rows"]
    assert len(rows) == 2
    assert rows[1]["text"].endswith("Cause: No Alternate pool × 14, last 08:21")


def test_the_page_names_who_is_silent_what_is_lost_and_whose_clock_is_wrong(made: Report) -> None:
    block = next(b for b in section(made, "senders").blocks if isinstance(b, Terms))
    found = {str(term): str(meaning) for term, meaning in block.terms}
    assert found["Silent today"] == "br-01"
    assert found["Lost on the way"].startswith("60 of acc-01")
    assert "acc-01: 11 min fast" in found["Clocks"]
    assert found["Above the rate"] == "250 of acc-01 not kept"
    assert found["Unknown senders"].startswith("1;")


def test_meanings_are_in_the_reader_s_language(made: Report) -> None:
    english, chinese = (figures(made, code)["sections"]["messages"][0]["rows"] for code in ("en", "zh-CN"))
    assert english[0]["message"] == chinese[0]["message"]
    assert english[0]["meaning"] != chinese[0]["meaning"]
    assert english[0]["meaning"].isascii()


def test_who_changed_a_configuration_stands_beside_the_restarts(made: Report) -> None:
    assert "core-01 (C9300-48P) | 06:12 | – | li from 10.0.0.9" in said(made)
    assert "fw-01 (C9300-48P) | 15:00 | – | wang from 10.0.0.9" in said(made)


@pytest.mark.slow
@pytest.mark.parametrize("code", ["en", "zh-CN"])
def test_page_one_and_the_chapters_keep_to_their_pages(made: Report, code: str, tmp_path: Path) -> None:
    paper = Paper(code)
    report, document = paper.fitting(made)
    assert paper.main(document) <= PAGES
    assert "frequent" in {each.key for each in report.sections}
    assert len(table(report, "log").shown) == 8
    assert len(table(report, "messages").shown) == 8


@pytest.mark.slow
@pytest.mark.parametrize("code", ["en", "zh-CN"])
def test_a_noisy_day_keeps_to_its_pages_too(told: Facts, code: str) -> None:
    many = [
        Event(
            device=f"device-{n % 5}", received=START + timedelta(minutes=n), kind="login.failed", source="udp", facility="LINK", severity=n % 8,
            mnemonic=f"VERY_LONG_MNEMONIC_{n % 40}", item=str(n), text="the text of a line that a device wrote without an end " * 8,
        )
        for n in range(400)
    ]  # fmt: skip
    noisy = replace(told, log=logday(told.devices, many, Logged(days=({("X-Y", 1): 1},) * 9)))
    report, document = Paper(code).fitting(daily.report(noisy))
    assert Paper(code).main(document) <= PAGES
    assert len(table(report, "log").shown) == 8
    assert len(table(report, "messages").shown) >= 4
