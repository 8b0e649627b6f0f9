"""A service center with a roster: days and nights of hotline and engineers, a duty manager in between, managers and executives."""

from datetime import time
from zoneinfo import ZoneInfo

from healthd.model.tac import Duty, Person, Role, Tac

ROLES = {
    "mei": Role.HOTLINE,
    "hua": Role.HOTLINE,
    "li": Role.ENGINEER,
    "sun": Role.ENGINEER,
    "wu": Role.SENIOR_ENGINEER,
    "qian": Role.DUTY_MANAGER,
    "tang": Role.SENIOR_MANAGER,
    "zhao": Role.CENTER_MANAGER,
    "boss": Role.EXECUTIVE,
}
DAY, NIGHT = (time(8), time(20)), (time(20), time(8))
WEEK = frozenset(range(5))
CENTER = Tac(
    zone=ZoneInfo("UTC"),
    people=tuple(Person(name=name, roles=frozenset({role})) for name, role in ROLES.items()),
    duties=(
        Duty(role=Role.HOTLINE, people=("mei",), hours=DAY),
        Duty(role=Role.HOTLINE, people=("hua",), hours=NIGHT),
        Duty(role=Role.ENGINEER, people=("li", "sun"), hours=DAY, weekdays=WEEK),
        Duty(role=Role.SENIOR_ENGINEER, people=("wu",), hours=DAY, weekdays=WEEK),
        Duty(role=Role.DUTY_MANAGER, people=("qian",)),
    ),
)
