"""States as Cisco's commands write them, in the words that SNMP uses for the same, so that one rule judges both.

The words are those of CISCO-ENTITY-FRU-CONTROL-MIB (supplies, fans, modules) and CISCO-ENVMON-MIB (temperatures, voltages).
"""

import re

_Table = tuple[tuple[re.Pattern[str], str], ...]


def _table(*rows: tuple[str, str]) -> _Table:
    return tuple((re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), word) for pattern, word in rows)


_UNSAID = (r"unknown|n/a|n\.a\.?|na", "unknown")
_ABSENT = (r"not[ -]?present|absent|none|empty|removed|missing|not[ -]installed|not inserted|not connected|not[ -]?exist", "notPresent")

_SUPPLY = _table(
    _UNSAID,
    _ABSENT,
    (r"no[ -]?input(?: power)?|(?:bad|no|low)[ -]input|input (?:fail\w*|low|lost)|no (?:power|pwr)|(?:ac|dc|input)[ -](?:low|loss|lost|fail\w*)|not[ -]powered(?:[ -]up)?|unpowered|fail/not-powered-up", "offEnvPower"),
    (r"over[ -]?temp\w*", "offEnvTemp"),
    (r"fan[ -]?fail\w*", "onButFanFail"),
    (r"power[ -]?denied|denied|mismatch\w*|incompatible|unsupported", "offDenied"),
    (r"not ok|nok|fail\w*|faulty|fault|bad|critical|red|error|not responding|no response|down|not functioning", "failed"),
    (r"shut ?down", "shutdown"),
    (r"disabled", "disabled"),
    (r"(?:powered|power|admin)?[ -]?(?:off|dn)|deactivated", "offAdmin"),
    (r"warning|degraded|yellow|amber|minor|major|alarm", "warning"),
    (r"ok|good|normal|on|active|online|green|up|powered[ -]up|standby|present|operational|ready|working|functional", "on"),
)  # fmt: skip

# "NOT PRESENT or FAULTY": either way there is no air where it should come from.
_FAN = _table(
    (r"not present or (?:faulty|failed|bad)", "down"),
    _UNSAID,
    _ABSENT,
    (r"not functioning", "notFunctioning"),
    (r"not ok|nok|fail\w*|faulty|fault|bad|down|stopped|shut ?down|off|critical|red|error|alarm|major", "down"),
    (r"warning|degraded|marginal|yellow|amber|minor|slow", "warning"),
    (r"ok|good|normal|on|active|online|green|up|operational|ready|working|present|powered[ -]up|running", "up"),
)

_HEAT = _table(
    _UNSAID,
    _ABSENT,
    (r"shut ?down|over[ -]?temp\w*", "shutdown"),
    (r"not functioning|sensor fail\w*|invalid|faulty sensor", "notFunctioning"),
    (r"not ok|nok|critical|red|major|fail\w*|faulty|fault|bad|error|crit", "critical"),
    (r"warning|yellow|minor|alarm|high|low|warn|amber", "warning"),
    (r"ok|good|normal|green|in range|stable|present", "normal"),
)

_MODULE = _table(
    (r"unknown|n/a|na|other", "unknown"),
    (r"not[ -]?present|absent|missing|removed", "missing"),
    (r"p(?:o)?w(?:e)?r[ -]?(?:deny|denied|bad|short)|denied", "powerDenied"),
    (r"(?:err[ -])?p(?:o)?w(?:e)?r(?:e?d)?[ -]?(?:dn|down|off)|un-?powered|shut ?(?:ting )?down|shut", "poweredDown"),
    (r"minor[ -]?(?:fail\w*|err\w*)|minerr|ok \(?diag fail\w*\)?|partial\w*", "okButDiagFailed"),
    (r"diag\w*[ -]?fail\w*|major?[ -]?(?:fail\w*|err\w*)|majerr", "diagFailed"),
    (r"fpd[ -]?(?:upgrade|mismatch)|version mismatch|(?:image|software|sw)[ -]?mismatch|incompatible|sw incompatible", "fwMismatchFound"),
    (r"mismatch|unsupported|unrecognized|wrong|not[ -]?allow\w*(?: \w+)?|invalid", "mismatchConfig"),
    (r"admin[ -]?down|out[ -]?of[ -]?service|disabled|admin shut", "outOfServiceAdmin"),
    # Held in reset: it came up once and does not run now.
    (r"in[ -]?reset|pwr-cycle\w*|power[ -]?cycled|reset", "powerCycled"),
    (r"err\w*-disabled|crash\w*|unresponsive|not responding|bad|not ok|nok|fail\w*|faulty|fault|down|brought down|disconnected|error|hw[ -]?faulty", "failed"),
    (r"boot\w*|init\w*|loading|starting|testing|power-up|powering|download\w*|upgrading|sync\w*|mbi\w*|self ?test|inactive|sw inactive|prep\w*", "boot"),
    (r"standby|ha-standby|ok|active|up|online|run|ready|operational|normal|good|on|powered[ -]up|inserted|present|pass\w*", "ok"),
    (r"dormant|provisioned|idle|unprogrammed|recover|reload", "dormant"),
)  # fmt: skip


def supply(said: str) -> str:
    """Return the state of a power supply (PowerOperType, or ENVMON's word where that says more)."""
    return _word(_SUPPLY, said)


def fan(said: str) -> str:
    """Return the state of a fan or fan tray."""
    return _word(_FAN, said)


def heat(said: str) -> str:
    """Return the state of a temperature or a voltage (CiscoEnvMonState)."""
    return _word(_HEAT, said)


def module(said: str) -> str:
    """Return the state of a module (ModuleOperType); the worst that *said* names, as in "ok, active"."""
    return _word(_MODULE, said)


def sensor(said: str) -> str:
    """Return the state of another sensor (EntitySensorStatus): ok, unavailable, nonoperational."""
    word = heat(said)
    return {"normal": "ok", "notPresent": "unavailable", "unknown": "unavailable"}.get(word, "nonoperational" if word else "")


def _word(table: _Table, said: str) -> str:
    """Return the word for *said*; a state that nobody told us stays visible as itself."""
    plain = " ".join(said.replace("_", " ").split()).strip(" .,;*")
    found = next((word for pattern, word in table if pattern.search(plain)), "")
    return found or (f"other({plain})" if re.search(r"[A-Za-z]", plain) else "")
