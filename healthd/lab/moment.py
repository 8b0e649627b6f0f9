"""A device at one instant: what its CLI prints and its log lines say."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from healthd.lab.device import Model
from healthd.lab.network import Network
from healthd.lab.parts import Part, Pool, Port, Sensor, Spec, Supply
from healthd.lab.signals import Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """*model* at *time* (epoch seconds)."""

    network: Network
    model: Model
    time: float

    @classmethod
    def of(cls, network: Network, device: str, now: datetime) -> "Moment":
        """Return the device at *now*."""
        return cls(network=network, model=network.model(device), time=now.timestamp())

    @property
    def spec(self) -> Spec:
        """The device's description."""
        return self.model.spec

    def number(self, signal: Signal) -> int:
        """Return a signal's value as a whole number."""
        return int(signal.at(np.array([self.time]))[0])

    def real(self, signal: Signal) -> float:
        """Return a signal's value."""
        return float(signal.at(np.array([self.time]))[0])

    def rate(self, signal: Signal, seconds: int = 300) -> int:
        """Return by how much a counter grew a second, of late."""
        now, before = (float(signal.at(np.array([at]))[0]) for at in (self.time, self.time - seconds))
        return max(int((now - before) / seconds), 0)

    def local(self, time: float | None = None) -> datetime:
        """Return the device's own clock."""
        return datetime.fromtimestamp(self.time if time is None else time, UTC).astimezone(ZoneInfo(self.spec.zone))

    @property
    def serial(self) -> str:
        """The chassis' serial number."""
        return self.model.serial.word(self.time)

    def serial_of(self, part: Part | Supply) -> str:
        """Return the serial number that a part has now: a spare may have taken its place."""
        known = self.model.serials.get(part.serial)
        return known.word(self.time) if known else part.serial

    @property
    def uptime(self) -> timedelta:
        """How long ago the device started."""
        return timedelta(seconds=self.time - self.model.booted(self.time)[0])

    @property
    def reason(self) -> str:
        """Why it started."""
        return self.model.booted(self.time)[1]

    @property
    def busy(self) -> int:
        """The first processor's load over five minutes, in percent."""
        return self.number(self.model.busy[self.spec.cpus[0].index])

    def pool(self, pool: Pool) -> tuple[int, int, int]:
        """Return total, used and free bytes."""
        used = self.number(self.model.used[pool.entity, pool.index])
        return pool.total, used, pool.total - used

    def supply(self, key: str) -> str:
        """Return a supply's state word."""
        return self.model.supply[key].word(self.time)

    def fan(self, key: str) -> str:
        """Return a fan's state word."""
        return self.model.fan[key].word(self.time)

    def module(self, key: str) -> str:
        """Return a module's state word."""
        return self.model.module[key].word(self.time)

    def sensor(self, sensor: Sensor) -> float:
        """Return a sensor's value in its unit."""
        return self.real(self.model.sensor[sensor.key])

    def level(self, sensor: Sensor) -> str:
        """Return ok, warning or critical by the sensor's thresholds."""
        value = int(self.sensor(sensor))
        if not sensor.warn or value < sensor.warn:
            return "ok"
        return "critical" if value >= sensor.crit else "warning"

    def oper(self, port: Port) -> str:
        """Return a port's state: up, down, errdisabled, or admin for one that is shut."""
        return self.model.oper[port.name].word(self.time) if port.admin else "admin"

    def member(self, number: int) -> bool:
        """Say whether a stack's member is there."""
        return number not in self.model.member or self.model.member[number].word(self.time) == "ready"

    def ports(self) -> list[Port]:
        """Return the ports that are there now."""
        return [p for p in self.spec.ports if self.model.has(p.follows, self.time)]

    def since(self, marks: list[float]) -> float:
        """Return the seconds since the newest of *marks* or the start of the device."""
        boot = self.model.booted(self.time)[0]
        return self.time - max([boot + 75, *(m for m in marks if m <= self.time)], default=boot)


def span(seconds: float) -> str:
    """Return a duration as IOS writes it: ``2d03h``, ``6w1d``, ``01:23:45``."""
    total = max(int(seconds), 0)
    days, rest = divmod(total, 86_400)
    if days >= 365:
        return f"{days // 365}y{days % 365 // 7}w"
    if days >= 7:
        return f"{days // 7}w{days % 7}d"
    if days:
        return f"{days}d{rest // 3600:02}h"
    return f"{rest // 3600:02}:{rest % 3600 // 60:02}:{rest % 60:02}"


def words(duration: timedelta) -> str:
    """Return a duration in words: ``2 weeks, 3 days, 4 hours, 5 minutes``."""
    total = max(int(duration.total_seconds()) // 60, 0)
    out = []
    for name, size in (("year", 525_600), ("week", 10_080), ("day", 1440), ("hour", 60), ("minute", 1)):
        count, total = divmod(total, size)
        if count or name == "minute":
            out.append(f"{count} {name}{'' if count == 1 else 's'}")
    return ", ".join(out)
