"""The calendars that working days are counted by: make-up workdays of next year are published late."""

from collections.abc import Iterator
from datetime import date

from healthd.doctor._patient import Found, Patient, bad, good, note

ORDER = 50
ASKED_FROM = 10
"""The month from which next year's calendar should be complete."""


def check(patient: Patient) -> Iterator[Found]:
    """Look whether this year's and next year's holidays are known, make-up workdays included."""
    countries = sorted({customer.holidays for customer in patient.customers if customer.holidays})
    if not countries:
        yield note("no customer names a holiday calendar", "set holidays (a country, as CN) in customer.yaml")
    for country in countries:
        yield from _country(country, patient.now.date())


def _country(country: str, today: date) -> Iterator[Found]:
    import holidays

    try:
        known = holidays.country_holidays(country, years=(today.year, today.year + 1))
    except NotImplementedError:
        yield bad(f"nobody knows the holidays of {country!r}", "write a country of ISO 3166, as CN, in customer.yaml")
        return
    years = {day.year for day in known}
    work = {day.year for day in getattr(known, "weekend_workdays", {})}
    if today.year not in years:
        yield bad(f"{country}: no holidays of {today.year} are known", "update healthd")
    elif today.month >= ASKED_FROM and (today.year + 1 not in years or (today.year in work and today.year + 1 not in work)):
        what = "make-up workdays" if today.year + 1 in years else "holidays"
        yield note(
            f"{country}: the {what} of {today.year + 1} are not known yet",
            "update healthd when they are published; until then working days of next year may be off",
        )
    else:
        yield good(f"the calendar of {country} is complete")
