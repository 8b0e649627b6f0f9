"""Whatever comes and goes: one case, few words, and the last of them true."""

import pytest

from healthd.caseclient.troubles import Picture
from healthd.model.action import Note, Propose, Raise
from tests.caseclient.stage import Client, client, found, psu, seen, verdict

PSU = psu("core")
ILL, WELL = seen([PSU], [verdict(PSU)]), seen([])
FLAP = 60 / 1000 / 2
"""Minutes of each half of a flap, a thousand an hour."""


def flapped(acme: Client, start: float = 0, *, number: int = 1000, half: float = FLAP) -> float:
    """Let the trouble come and go *number* times; return when the last flap was over, in minutes."""
    for n in range(number):
        acme.do(ILL, start + 2 * n * half)
        acme.do(WELL, start + (2 * n + 1) * half)
    return start + 2 * number * half


@pytest.mark.parametrize(("end", "last"), [(ILL, Note), (WELL, Propose)], ids=["stops ill", "stops well"])
def test_a_thousand_flaps_an_hour_are_one_case_and_three_notices_and_the_final_state_is_told(end: Picture, last: type) -> None:
    acme = Client()
    over = flapped(acme)
    assert acme.kinds == ["Open", "Note"]
    assert "comes and goes" in str(acme.actions[1].text)  # type: ignore[union-attr]
    acme.do(end, over)
    acme.do(end, over + 5)
    assert (len(acme.opened), len(acme.actions), type(acme.actions[-1])) == (1, 3, last)
    assert "999" in str(acme.actions[-1].text) or "1,000" in str(acme.actions[-1].text) or "1000" in str(acme.actions[-1].text)  # type: ignore[union-attr]
    for minutes in range(10, 600, 5):
        acme.do(end, over + minutes)
    assert len(acme.actions) == 3


@pytest.mark.parametrize("half", [0.5, 1, 2, 4, 5, 6, 10, 15, 25])
def test_however_fast_it_flaps_an_hour_has_three_notices_and_the_end_is_told(half: float) -> None:
    acme, at_minutes = client(), list[float]()
    for n in range(int(600 / half)):
        at_minutes += [n * half] * len(acme.do(WELL if n % 2 else ILL, n * half))
    assert len(acme.opened) == 1
    assert all(sum(start <= each < start + 60 for each in at_minutes) <= 3 for start in at_minutes)
    for minutes in range(0, 70, 5):
        acme.do(WELL, 600 + minutes)
    assert isinstance(acme.actions[-1], Propose)


def test_ten_thousand_looks_at_the_same_trouble_are_one_case() -> None:
    acme = Client()
    for n in range(10_000):
        acme.do(ILL, n / 10)
    assert acme.kinds == ["Open"]


def test_five_hundred_links_that_flap_together_are_a_few_cases_and_a_digest() -> None:
    links = [found("link_flapping", name, f"Gi1/{n}", since=n * 6 - 1500) for n in range(250) for name in ("acc1", "acc2")]
    acme = Client()
    acme.do(seen(links), 10)
    assert len(acme.opened) == 11
    assert sum(len(each.opening.findings) for each in acme.opened) == 500
    assert not any(isinstance(each, Raise) for each in acme.actions)
