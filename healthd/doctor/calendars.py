"""The calendars that working days are counted by: make-up workdays of next year are published late."""

from collections.abc import Iterator

from healthd.calendars import WorkCalendar
from healthd.doctor._patient import Found, Patient, bad, good, note
from healthd.errors import ConfigError
from healthd.model.device import Customer

ORDER = 50
ASKED_FROM = 10
"""The month from which next year's calendar should be complete."""


def check(patient: Patient) -> Iterator[Found]:
    """Look whether each customer's calendar of this year, and of the next when it is near, is known wholly."""
    named = [customer for customer in patient.customers if customer.holidays]
    if not named:
        yield note("no customer names a holiday calendar", "set holidays (a country, as CN) in customer.yaml")
    for customer in named:
        yield _of(customer, patient)


def _of(customer: Customer, patient: Patient) -> Found:
    calendar = WorkCalendar(country=customer.holidays, worked=frozenset(customer.worked), free=frozenset(customer.free))
    today = patient.now.date()
    try:
        if not calendar.complete(today.year):
            return bad(f"{customer.code}: the calendar of {customer.holidays} for {today.year} is not complete", "update healthd")
        if today.month >= ASKED_FROM and not calendar.complete(today.year + 1):
            return note(
                f"{customer.code}: the calendar of {customer.holidays} for {today.year + 1} is not complete: make-up workdays are missing",
                "update healthd when they are published, or write them as worked in customer.yaml",
            )
    except ConfigError as error:
        return bad(f"{customer.code}: {error}", "correct customer.yaml")
    return good(f"{customer.code}: the calendar of {customer.holidays} is complete")
