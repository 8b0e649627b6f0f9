"""Moments as whole microseconds since 1970 UTC, exactly, and back."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICRO = timedelta(microseconds=1)
SECOND = 1_000_000
HOUR = 3_600
DAY = 86_400


def micros(moment: datetime) -> int:
    """Return *moment* (aware) as microseconds."""
    return (moment - EPOCH) // MICRO


def moment(micros_: int) -> datetime:
    """Return the moment of *micros_*, in UTC."""
    return EPOCH + timedelta(microseconds=micros_)
