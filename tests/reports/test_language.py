"""How English and Chinese reports write numbers, times and durations."""

from datetime import UTC, date, datetime, timedelta

import pytest

from healthd.errors import UnknownName
from healthd.model.interval import Interval
from healthd.model.phrase import Bilingual, Percent, Quote, say
from healthd.reports.language import LONGEST, QUOTED, language

DAY = Interval(datetime(2026, 11, 20, 16, tzinfo=UTC), datetime(2026, 11, 21, 16, tzinfo=UTC))
SHANGHAI = language("zh-CN", "Asia/Shanghai", DAY)
ENGLISH = language("en", "Asia/Shanghai", DAY)


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (timedelta(), "0 s", "0 秒"),
        (timedelta(seconds=59.9), "59 s", "59 秒"),
        (timedelta(minutes=20), "20 min", "20 分"),
        (timedelta(hours=1, minutes=45, seconds=59), "1 h 45 min", "1 小时 45 分"),
        (timedelta(hours=2, seconds=5), "2 h", "2 小时"),
        (timedelta(days=3, hours=4, minutes=5), "3 d 4 h", "3 天 4 小时"),
        (date(2026, 11, 21), "Saturday 21 November 2026", "2026 年 11 月 21 日（星期六）"),
        (datetime(2026, 11, 20, 22, 5, tzinfo=UTC), "06:05", "06:05"),
        (datetime(2026, 11, 21, 16, tzinfo=UTC), "24:00", "24:00"),
        (datetime(2026, 11, 19, 22, 5, tzinfo=UTC), "20 Nov 06:05", "11\u00a0月\u00a020\u00a0日 06:05"),
        (datetime(2025, 12, 31, 12, 0, tzinfo=UTC), "31 Dec 2025 20:00", "2025\u00a0年\u00a012\u00a0月\u00a031\u00a0日 20:00"),
        (Percent(0.99999), "99.99%", "99.99%"),
        (Percent(1.0), "100%", "100%"),
        (1234567, "1,234,567", "1,234,567"),
        (12.345, "12.34", "12.34"),
        (float("nan"), "–", "–"),
        (None, "–", "–"),
        ("Gi1/0/1", "Gi1/0/1", "Gi1/0/1"),
    ],
)
def test_a_value_is_written_as_the_language_writes_it(value: object, english: str, chinese: str) -> None:
    assert (ENGLISH.say(value), SHANGHAI.say(value)) == (english, chinese)  # type: ignore[arg-type]


def test_a_sentence_keeps_its_figures_and_changes_its_words() -> None:
    finding = say("Power supply {item} has no input power", item="Switch 1 - PS A")
    told = say("{what}; {good} of {all} supplies deliver power.", what=finding, good=1, all=2)
    assert ENGLISH.say(told) == "Power supply Switch 1 - PS A has no input power; 1 of 2 supplies deliver power."
    assert SHANGHAI.say(told) == "电源 Switch 1 - PS A 无输入供电；2 个电源中 1 个正常供电。"


def test_a_sentence_inside_another_loses_its_full_stop() -> None:
    said = SHANGHAI.say(say("{device} {what}.", device="x", what=say("Does not answer.")))
    assert said == "x 设备无应答."
    assert str(say("{what}.", what=say("Does not answer."))) == "Does not answer."


def test_a_devices_text_is_no_template_and_shows_what_cannot_be_seen() -> None:
    told = say("Does not answer: {reason}.", reason="{0} {secret!r}\x1b[31m\u202e" + "x" * 500)
    said = SHANGHAI.say(told)
    assert said.startswith("设备无应答：{0} {secret!r}\ufffd[31m\ufffd")
    assert len(said) < LONGEST + 20


def test_an_unknown_language_fails_with_those_there_are() -> None:
    with pytest.raises(UnknownName, match="en, zh-CN"):
        language("de")


def test_what_is_written_in_both_languages_is_read_in_the_reader_s() -> None:
    both = Bilingual("A port went down.", "端口断开。")
    assert (ENGLISH.say(both), SHANGHAI.say(both)) == ("A port went down.", "端口断开。")


def test_a_quote_is_whole_where_a_name_is_cut_and_has_an_end_all_the_same() -> None:
    assert ENGLISH.say(Quote("x" * 500)) == "x" * 500
    assert ENGLISH.say(Quote("a\x07b")) == "a\N{REPLACEMENT CHARACTER}b"
    assert len(ENGLISH.say(Quote("x" * 10**6))) == QUOTED
