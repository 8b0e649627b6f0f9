"""Notifications are named, worded and judged, and none is lost."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from healthd import modules
from healthd.catalogue import traps
from healthd.collectors.logs.syslog import Context
from healthd.collectors.traps.decode import decode

CONTEXT = Context(received=datetime(2026, 3, 1, tzinfo=UTC), device="sw1", source="trap", address="192.0.2.1")
IF = "1.3.6.1.2.1.2.2.1"


def test_a_link_that_went_down_names_its_port_and_states() -> None:
    event = decode(
        "1.3.6.1.6.3.1.1.5.3",
        [(f"{IF}.1.10105", 10105), (f"{IF}.2.10105", b"GigabitEthernet1/0/5"), (f"{IF}.7.10105", 1), (f"{IF}.8.10105", 2)],
        CONTEXT,
    )
    assert (event.mnemonic, event.kind, event.item, event.severity) == ("linkDown", "interface.down", "GigabitEthernet1/0/5", 4)
    assert dict(event.variables) == {"ifIndex": "10105", "ifDescr": "GigabitEthernet1/0/5", "ifAdminStatus": "up", "ifOperStatus": "down"}


def test_a_part_that_works_again_is_good_news() -> None:
    fan = "1.3.6.1.4.1.9.9.117.1.4.1.1.1.12"
    assert decode("1.3.6.1.4.1.9.9.117.2.0.6", [(fan, 3)], CONTEXT).kind == "fan.changed"
    again = decode("1.3.6.1.4.1.9.9.117.2.0.6", [(fan, 2)], CONTEXT)
    assert (again.kind, again.severity, again.item) == ("fan.ok", 6, "12")


def test_words_of_the_tables_we_walk_serve_notifications_too() -> None:
    event = decode("1.3.6.1.4.1.9.9.13.3.0.9", [("1.3.6.1.4.1.9.9.13.1.5.1.2.1", b"PS 1"), ("1.3.6.1.4.1.9.9.13.1.5.1.3.1", 6)], CONTEXT)
    assert (event.item, dict(event.variables)["ciscoEnvMonSupplyState"], event.kind) == ("PS 1", "notFunctioning", "psu.changed")


def test_a_log_line_inside_a_notification_is_a_log_line() -> None:
    row = "1.3.6.1.4.1.9.9.41.1.2.3.1"
    event = decode(
        "1.3.6.1.4.1.9.9.41.2.0.1",
        [(f"{row}.2.7", b"LINK"), (f"{row}.3.7", 4), (f"{row}.4.7", b"UPDOWN"), (f"{row}.5.7", b"Interface down")],
        CONTEXT,
    )
    assert (event.source, event.facility, event.severity, event.mnemonic, event.text) == ("clog", "LINK", 3, "UPDOWN", "Interface down")


def test_an_unknown_notification_is_kept_with_its_oid() -> None:
    event = decode("1.3.6.1.4.1.99999.0.7", [("1.3.6.1.4.1.99999.1.1.0", b"\xff\x00x")], CONTEXT)
    assert event.mnemonic == ""
    assert event.kind == "trap.unknown"
    assert b"1.3.6.1.4.1.99999.0.7" in event.raw
    assert dict(event.variables) == {"1.3.6.1.4.1.99999.1.1.0": r"\xff"}


def test_a_version_one_oid_without_its_zero_is_the_same_notification() -> None:
    assert decode("1.3.6.1.4.1.9.9.117.2.6", [], CONTEXT).mnemonic == "cefcFanTrayStatusChange"


def test_no_two_notifications_share_an_oid_and_every_state_has_words() -> None:
    listed = [trap for member in modules.every(traps) for trap in member.TRAPS]
    assert len({trap.oid for trap in listed}) == len(listed)
    from healthd.collectors.traps.decode import _objects

    by_name = {thing.name: thing for thing in _objects().values()}
    for trap in listed:
        assert not trap.state or trap.good <= set(by_name[trap.state].words.values()), trap.name
        assert not trap.item or trap.item in by_name, trap.name


@given(
    st.lists(
        st.tuples(
            st.from_regex(r"1\.3(\.\d{1,5}){2,12}", fullmatch=True),
            st.one_of(st.integers(), st.binary(max_size=40), st.floats(allow_nan=False)),
        ),
        max_size=8,
    )
)
def test_any_variables_give_one_event(variables: list[tuple[str, int | bytes | float]]) -> None:
    assert decode("1.3.6.1.6.3.1.1.5.3", variables, CONTEXT).mnemonic == "linkDown"
