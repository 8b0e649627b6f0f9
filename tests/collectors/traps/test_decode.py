"""Notifications are named, worded and judged, and none is lost."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

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


def test_a_label_session_that_is_lost_is_a_warning_and_its_return_is_not() -> None:
    state = "1.3.6.1.2.1.10.166.4.1.3.3.1.2.9"
    lost, back = (decode(f"1.3.6.1.2.1.10.166.4.0.{number}", [(state, word)], CONTEXT) for number, word in ((4, 1), (3, 5)))
    assert (lost.mnemonic, lost.kind, lost.severity, dict(lost.variables)) == (
        "mplsLdpSessionDown", "ldp.down", 4, {"mplsLdpSessionState": "nonexistent"},
    )  # fmt: skip
    assert (back.mnemonic, back.kind, back.severity, dict(back.variables)) == (
        "mplsLdpSessionUp", "ldp.up", 5, {"mplsLdpSessionState": "operational"},
    )  # fmt: skip


def test_a_ring_is_said_to_be_redundant_in_the_words_of_its_mib() -> None:
    ring = "1.3.6.1.4.1.9.9.500.1.1.3.0"
    open_, closed = (decode("1.3.6.1.4.1.9.9.500.0.0.4", [(ring, truth)], CONTEXT) for truth in (2, 1))
    assert (open_.kind, dict(open_.variables)) == ("stack.ring-open", {"cswRingRedundant": "false"})
    assert (closed.kind, closed.severity, dict(closed.variables)) == ("stack.ring-closed", 6, {"cswRingRedundant": "true"})


def test_a_link_says_what_kind_of_port_it_is() -> None:
    event = decode("1.3.6.1.6.3.1.1.5.4", [(f"{IF}.3.7", 161)], CONTEXT)
    assert dict(event.variables) == {"ifType": "ieee8023adLag"}


def test_a_number_that_is_no_word_of_its_enumeration_stays_a_number() -> None:
    event = decode("1.3.6.1.6.3.1.1.5.4", [(f"{IF}.8.7", 99)], CONTEXT)
    assert dict(event.variables) == {"ifOperStatus": "99"}


def test_a_refused_registration_in_a_fabric_says_why() -> None:
    row = "1.3.6.1.4.1.9.9.293.1.3"
    event = decode("1.3.6.1.4.1.9.9.293.1.4.0.1", [(f"{row}.1.0", 8), (f"{row}.2.0", 17)], CONTEXT)
    assert (event.mnemonic, event.severity) == ("fcNameServerRejectRegNotify", 4)
    assert dict(event.variables) == {
        "fcNameServerRejectReasonCode": "unableToPerformCmdReq", "fcNameServerRejReasonCodeExp": "accessDenied",
    }  # fmt: skip


def test_a_server_fault_is_about_the_part_and_its_end_is_good_news() -> None:
    row = "1.3.6.1.4.1.9.9.719.1.1.1.1"
    parts = [(f"{row}.5.42", b"sys/chassis-1/psu-2")]
    raised = decode("1.3.6.1.4.1.9.9.719.0.1", [*parts, (f"{row}.20.42", 5)], CONTEXT)
    cleared = decode("1.3.6.1.4.1.9.9.719.0.2", [*parts, (f"{row}.20.42", 0)], CONTEXT)
    assert (raised.item, raised.kind, raised.severity) == ("sys/chassis-1/psu-2", "server.fault", 3)
    assert (cleared.item, cleared.kind, cleared.severity) == ("sys/chassis-1/psu-2", "server.fault-cleared", 5)


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
