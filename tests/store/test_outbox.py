"""Messages are put once, leased to one sender, and settled by whoever holds the newest lease."""

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from healthd.model.message import Attachment, Message
from healthd.store import outbox
from healthd.store.database import Settings
from healthd.store.outbox import Stage

START = datetime(2026, 3, 2, tzinfo=UTC)
LEASE = timedelta(minutes=5)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def mail(key: str = "daily:acme:2026-03-01", *, urgent: bool = False) -> Message:
    pdf = Attachment(name="daily.pdf", media="application/pdf", data=b"%PDF\0\xff")
    return Message(
        key=key, channel="mail", recipient="li@example.com", subject="s", text="t", made=START, attachments=(pdf,), urgent=urgent
    )


def test_a_message_is_put_once_and_comes_back_whole(store: Settings) -> None:
    assert outbox.put("acme", [mail(), mail()], at(0)) == 1
    assert outbox.put("acme", [mail()], at(1)) == 0
    (taken,) = outbox.lease("a", at(2), length=LEASE)
    assert (taken.message, taken.customer, taken.tries, taken.repeat) == (mail(), "acme", 1, False)


def test_a_leased_message_is_nobody_elses_until_the_lease_ends(store: Settings) -> None:
    outbox.put("acme", [mail()], at(0))
    outbox.lease("a", at(0), length=LEASE)
    assert outbox.lease("b", at(4), length=LEASE) == ()
    (again,) = outbox.lease("b", at(5), length=LEASE)
    assert (again.repeat, again.tries, again.fence) == (True, 2, 2)


def test_who_comes_back_after_his_lease_changes_nothing(store: Settings) -> None:
    outbox.put("acme", [mail()], at(0))
    (first,) = outbox.lease("a", at(0), length=LEASE)
    (second,) = outbox.lease("b", at(6), length=LEASE)
    assert not outbox.sent(first, at(7))
    assert not outbox.failed(first, at(7), "late", at(8))
    assert outbox.sent(second, at(8))
    assert outbox.lease("a", at(99), length=LEASE) == ()


def test_a_failure_waits_for_its_next_try_and_a_final_one_for_a_person(store: Settings) -> None:
    outbox.put("acme", [mail()], at(0))
    (taken,) = outbox.lease("a", at(0), length=LEASE)
    outbox.failed(taken, at(1), "421 busy", at(10))
    assert outbox.lease("a", at(9), length=LEASE) == ()
    assert outbox.next_due() == at(10)
    (taken,) = outbox.lease("a", at(10), length=LEASE)
    assert (taken.error, taken.tries, taken.repeat) == ("421 busy", 2, False)
    outbox.failed(taken, at(11), "550 no such user", None)
    assert outbox.lease("a", at(999), length=LEASE) == ()
    assert outbox.retry([taken.key], at(20)) == 1
    assert len(outbox.lease("a", at(20), length=LEASE)) == 1


def test_urgent_messages_go_first_and_the_number_taken_is_bounded(store: Settings) -> None:
    outbox.put("acme", [mail(f"k{n}") for n in range(5)] + [mail("alarm", urgent=True)], at(0))
    assert [each.key for each in outbox.lease("a", at(0), length=LEASE, most=2)] == ["alarm", "k0"]


def test_what_was_sent_cannot_be_dropped_or_tried_again(store: Settings) -> None:
    outbox.put("acme", [mail()], at(0))
    (taken,) = outbox.lease("a", at(0), length=LEASE)
    outbox.sent(taken, at(1))
    assert (outbox.drop([taken.key], at(2), "li", "why"), outbox.retry([taken.key], at(2))) == (0, 0)


def test_old_messages_are_forgotten_and_waiting_ones_never(store: Settings) -> None:
    outbox.put("acme", [mail("old"), mail("waits")], at(0))
    (first, *_) = outbox.lease("a", at(0), length=LEASE, most=1)
    outbox.sent(first, at(1))
    assert outbox.forget(at(60)) == 1
    assert [each.key for each in outbox.listed()] == ["waits"]


def test_monstrous_keys_stay_apart(store: Settings) -> None:
    assert outbox.put("acme", [mail("x" * 5000 + end) for end in "ab"], at(0)) == 2


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["put", "lease", "sent", "again", "final", "retry", "drop"]), max_size=25))
def test_whatever_happens_no_message_is_lost_from_the_books(sqlite_store: Settings, steps: list[str]) -> None:
    base, held, clock = sum(outbox.numbers().values()), [], 0.0
    put = 0
    for number, step in enumerate(steps):
        clock += 3
        if step == "put":
            put += outbox.put("acme", [mail(f"{base}-{number}")], at(clock))
        elif step == "lease":
            held += outbox.lease("a", at(clock), length=LEASE, most=2)
        elif step == "sent" and held:
            outbox.sent(held.pop(), at(clock))
        elif step in ("again", "final") and held:
            outbox.failed(held.pop(), at(clock), "no", at(clock + 1) if step == "again" else None)
        else:
            keys = [each.key for each in outbox.listed()]
            outbox.retry(keys, at(clock)) if step == "retry" else outbox.drop(keys, at(clock), "li", "test")
    assert sum(outbox.numbers().values()) == base + put
    assert set(outbox.numbers()) == set(Stage)
