"""Who changed what, as devices say it; and what else is told however rare."""

from datetime import UTC, datetime, timedelta

import pytest

from healthd.analysis.stream.configured import configured
from healthd.analysis.stream.noted import KINDS, noted
from healthd.catalogue.messages.read import entries
from healthd.collectors.logs.classed import classed
from healthd.collectors.logs.syslog import Context, parse
from healthd.model.event import Event

START = datetime(2026, 3, 20, tzinfo=UTC)


def said(text: str, minute: float = 0, device: str = "a") -> Event:
    return classed(parse(f"<189>1: Mar 20 00:00:01: {text}".encode(), Context(received=START + timedelta(minutes=minute), device=device)))


@pytest.mark.parametrize(
    ("text", "who", "where", "saved"),
    [
        ("%SYS-5-CONFIG_I: Configured from console by admin on vty0 (10.0.0.9)", "admin", "10.0.0.9", None),
        ("%SYS-5-CONFIG_I: Configured from console by console", "", "console", None),
        ("%VSHD-5-VSHD_SYSLOG_CONFIG_I: Configured from vty by li on 10.0.0.9@pts/0", "li", "10.0.0.9@pts/0", None),
        ("%MGBL-CONFIG-6-DB_COMMIT : Configuration committed by user 'li'. Use 'show configuration commit changes 1000000012' to view the changes.", "li", "", True),
        ("%ASA-5-111010: User 'enable_15', running 'CLI' from IP 10.0.0.9, executed 'no logging on'", "enable_15", "10.0.0.9", None),
    ],
)  # fmt: skip
def test_each_system_says_who_changed_it_from_where(text: str, who: str, where: str, saved: bool | None) -> None:
    (found,) = configured([said(text)])
    assert (found.who, found.where, found.saved) == (who, where, saved)


def test_changes_of_one_person_are_told_once_and_saving_them_is_seen() -> None:
    text = "%SYS-5-CONFIG_I: Configured from console by admin on vty0 (10.0.0.9)"
    save = Event(device="a", received=START + timedelta(minutes=9), kind="config.saved", source="udp")
    (found,) = configured([said(text), said(text, 5), save])
    assert (found.number, found.last, found.saved) == (2, START + timedelta(minutes=5), True)
    assert configured([said(text), save, said(text, 20)])[0].saved is None
    assert configured([said(text, device="b"), save])[0].saved is None


def test_a_trap_of_the_same_moment_is_no_second_change_and_one_alone_is() -> None:
    trap = Event(device="a", received=START + timedelta(seconds=2), kind="config.changed", source="trap", mnemonic="ciscoConfigManEvent")
    line = said("%SYS-5-CONFIG_I: Configured from console by admin on vty0 (10.0.0.9)")
    assert [c.who for c in configured([line, trap])] == ["admin"]
    assert [c.who for c in configured([trap])] == [""]


def test_failed_logins_are_told_once_with_their_number_after_crashes_and_restarts() -> None:
    login = "%SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: x] [Source: 10.0.0.9] [localport: 22] [Reason: Login Authentication Failed]"
    restart = Event(device="a", received=START, kind="device.restarted", source="udp")
    found = noted([said(login), said(login, 3), restart, Event(device="a", received=START, kind="device.restarted", source="poll")])
    assert [(n.kind, n.number) for n in found] == [("reload", 1), ("login", 2)]


def test_every_class_that_is_noted_exists_in_the_catalogue() -> None:
    assert frozenset().union(*KINDS.values()) <= {entry.kind for entry in entries()}
