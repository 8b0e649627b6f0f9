"""Working days of a country: weekends, public holidays, make-up workdays, and what a customer says otherwise.

Holidays come from the ``holidays`` library. Make-up workdays (weekend days
that are worked, as China orders each year) are published late and by some
versions not known yet: ``complete`` says whether a year can be counted on.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from healthd.errors import ConfigError

SATURDAY = 5
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """The working days of *country* (ISO 3166; empty: weekends alone are free).

    *worked* and *free* are the customer's own words; they win over everything.
    """

    country: str = ""
    worked: frozenset[date] = field(default_factory=frozenset)
    free: frozenset[date] = field(default_factory=frozenset)

    def works(self, day: date) -> bool:
        """Say whether *day* is a working day."""
        if day in self.worked or day in self.free:
            return day in self.worked
        holidays, makeup = _year(self.country, day.year)
        return day in makeup or (day.weekday() < SATURDAY and day not in holidays)

    def holiday(self, day: date) -> bool:
        """Say whether *day* is free although its weekday may be worked: a public holiday, or the customer's word."""
        holidays, makeup = _year(self.country, day.year)
        return day not in self.worked and (day in self.free or (day in holidays and day not in makeup))

    def makeup(self, day: date) -> bool:
        """Say whether *day* is worked although its weekday may be free: a make-up workday, or the customer's word."""
        return day in self.worked or (day in _year(self.country, day.year)[1] and day not in self.free)

    def after(self, day: date, number: int) -> date:
        """Return the day that is *number* working days after *day*; 0 gives *day*, or the next working day when it is none."""
        while not self.works(day) and number == 0:
            day += DAY
        for _ in range(number):
            day += DAY
            while not self.works(day):
                day += DAY
        return day

    def between(self, first: date, last: date) -> int:
        """Return how many working days lie after *first* and up to *last*."""
        return sum(self.works(first + n * DAY) for n in range(1, (last - first).days + 1))

    def complete(self, year: int) -> bool:
        """Say whether *year* is known wholly: its holidays, and make-up workdays where the years before have some."""
        if not self.country:
            return True
        holidays, makeup = _year(self.country, year)
        before = any(_year(self.country, earlier)[1] for earlier in (year - 1, year - 2))
        said = any(day.year == year for day in self.worked)
        return bool(holidays) and (bool(makeup) or said or not before)


@cache
def _year(country: str, year: int) -> tuple[Collection[date], Collection[date]]:
    """Return the holidays and the make-up workdays of *year*.

    Raises:
        ConfigError: nobody knows the holidays of *country*.
    """
    if not country:
        return (), ()
    import holidays

    try:
        known = holidays.country_holidays(country, years=year)
    except NotImplementedError:
        raise ConfigError(f"holidays: found {country!r}; allowed: a country of ISO 3166 whose holidays are known, as CN or GB") from None
    makeup = frozenset(day for day in getattr(known, "weekend_workdays", ()) if day.year == year)
    return frozenset(day for day in known if day.year == year), makeup
