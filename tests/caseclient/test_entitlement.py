"""What a unit is entitled to: contract before warranty before nothing, and what is not known is said."""

from dataclasses import replace
from datetime import date

import pytest

from healthd.caseclient.entitlement import entitlement
from healthd.model.coverage import Coverage
from healthd.model.device import Contract

TODAY = date(2026, 11, 20)
PAST, LATER = date(2026, 1, 31), date(2027, 1, 31)
OURS = Contract(number="HT-1", level="7x24x4", starts=date(2026, 1, 1), ends=LATER)
UNIT = Coverage(serial="FOC1", pid="C9300-48P", contract="2004", level="SNTP", ends=LATER)


@pytest.mark.parametrize(
    ("unit", "contract", "entitled", "replaceable", "says"),
    [
        (UNIT, "2004", True, True, "C9300-48P FOC1: contract 2004, SNTP, until 2027-01-31."),
        (replace(UNIT, ends=TODAY), "2004", True, True, "until 2026-11-20"),
        (replace(UNIT, ends=None), "2004", True, True, "contract 2004, SNTP."),
        (replace(UNIT, level="SAU"), "2004", True, False, "software only"),
        (replace(UNIT, level=""), "2004", True, True, "7x24x4"),
        (replace(UNIT, ends=PAST), "", False, False, "no active contract and no warranty: hand over to sales"),
        (replace(UNIT, starts=LATER, ends=None), "", False, False, "hand over to sales"),
        (replace(UNIT, ends=PAST, warranty=LATER), "", True, True, "its warranty lasts until 2027-01-31"),
        (replace(UNIT, supported=PAST), "2004", True, False, "Cisco's support for C9300-48P FOC1 ended on 2026-01-31"),
    ],
)
def test_a_unit_that_is_listed_has_what_its_line_says(unit: Coverage, contract: str, entitled: bool, replaceable: bool, says: str) -> None:
    found = entitlement(("FOC1",), OURS, {"FOC1": unit}, TODAY)
    assert (found.contract, found.entitled, found.replaceable) == (contract, entitled, replaceable)
    assert says in str(found.says)


def test_a_part_follows_its_chassis() -> None:
    assert entitlement(("PSU9", "foc1"), OURS, {"FOC1": UNIT}, TODAY).contract == "2004"


def test_a_serial_number_in_no_contract_is_said_and_replaces_nothing() -> None:
    found = entitlement(("FOC9",), OURS, {"FOC1": UNIT}, TODAY)
    assert (found.entitled, found.replaceable) == (True, False)
    assert "Serial number FOC9 is in no contract" in str(found.says)


@pytest.mark.parametrize(
    ("contract", "entitled"), [(OURS, True), (None, False), (replace(OURS, ends=PAST), False), (replace(OURS, starts=LATER), False)]
)
def test_where_nobody_lists_units_the_customer_s_contract_counts(contract: Contract | None, entitled: bool) -> None:
    found = entitlement(("FOC9",), contract, {}, TODAY)
    assert (found.entitled, found.replaceable) == (entitled, entitled)
    assert ("hand over to sales" in str(found.says)) != entitled
