"""Why something is as it is, in words of every language.

A reason is kept as English text, since it comes from many places: from here,
from a transport, from a device, from a person. What healthd itself writes is
known again by its form and becomes a phrase; everything else is said as it
stands. Addresses and advice of a transport are left out: the device is named
where the reason is said, and its advice is for whoever runs healthd.
"""

import re

from healthd.model.phrase import Phrase, say

_FORMS = tuple(
    (re.compile(form), phrase)
    for form, phrase in (
        (r"no answer", say("no answer")),
        (r"not probed", say("not probed")),
        (r"monitoring isolated", say("the monitoring itself was cut off")),
        (r"not in service", say("not in service")),
        (r"restarted: (?P<reason>[^;]+)", say("restart: {reason}")),
        (r"restarted", say("restart, reason not given by the device")),
        (
            r"[^;]+: no SNMP answer in (?P<tries>\d+) (?:try|tries) of (?P<time>[\d.]+) s; it is there[^;]*",
            say("no SNMP answer, asked {tries} × {time} s; its agent is there, but does not answer our user"),
        ),
        (
            r"(?:[^;]+: )?no SNMP answer in (?P<tries>\d+) (?:try|tries) of (?P<time>[\d.]+) s(?:; check[^;]*)?",
            say("no SNMP answer, asked {tries} × {time} s"),
        ),
        (r"[^;]+: nothing listens at that port; check[^;]*", say("its SNMP port is closed")),
        (r"[^;]+?: (?P<error>[^;:]+); check the address[^;]*", say("SNMP does not reach it: {error}")),
        (r"[^;]+: \d+ answers that are [^;]*; look[^;]*", say("what it answers is no SNMP")),
        (r"[^;]+: the agent denies access[^;]*; allow[^;]*", say("its agent denies us access")),
        (r"[^;]+: user [^;]+: wrong signature[^;]*; correct[^;]*", say("SNMPv3: authentication password or protocol differs")),
        (r"[^;]+: user [^;]+: the agent cannot decrypt[^;]*; correct[^;]*", say("SNMPv3: privacy password or protocol differs")),
        (r"[^;]+: user [^;]+: the agent does not know this user[^;]*", say("SNMPv3: the agent does not know our user")),
        (r"[^;]+: user [^;]+: the agent does not allow[^;]*; allow[^;]*", say("SNMPv3: our user lacks the right to read")),
        (
            r"[^;]+: user [^;]+: the agent's clock does not hold still[^;]*; look[^;]*",
            say("SNMPv3: the clock of its agent does not hold still"),
        ),
        (r"[^;]+: the agent has another engine ID now", say("SNMPv3: its agent has another engine ID now")),
        (r"[^;]+: no answer within (?P<time>[\d.]+) s", say("no SSH answer within {time} s")),
        (r"[^;]+: the login of [^;]+ was refused", say("SSH refused our login")),
        (r"[^;]+: the SSH host key has changed; .+", say("the SSH host key has changed")),
        (r"[^;]+: its SSH host key is not known; look[^;]*", say("its SSH host key has not been accepted yet")),
        (r"[^;]+: the session took more than (?P<time>[\d.]+) s and was closed", say("the SSH session was ended after {time} s")),
        (
            r"(?P<command>[^;:]+): the device does not authorise it for [^;]+; allow[^;]*",
            say("our login may not use the command {command}"),
        ),
        (r"[^;]*enable: the secret was refused; reading[^;]*", say("the enable secret was refused")),
        (r"[^;]+: no answer from \S+", say("no answer")),
        (r"[^;]+: stopped answering; 1 table was not asked", say("it stopped answering; one table was not asked")),
        (r"[^;]+: stopped answering; (?P<n>\d+) tables were not asked", say("it stopped answering; {n} tables were not asked")),
        (
            r"[^;]+: the poll took (?P<time>[\d.]+) s and was ended; 1 table was not asked",
            say("the poll was ended after {time} s; one table was not asked"),
        ),
        (
            r"[^;]+: the poll took (?P<time>[\d.]+) s and was ended; (?P<n>\d+) tables were not asked",
            say("the poll was ended after {time} s; {n} tables were not asked"),
        ),
        (
            r"[^;]+: (?P<table>[\d.]+): the walk took (?P<time>[\d.]+) s and was ended there",
            say("reading the table {table} was ended after {time} s"),
        ),
        (
            r"[^;]+: the agent answers with an error when asked for what follows \S+",
            say("its agent answers the question for more with an error"),
        ),
        (r"[^;]+: one poll may bring no more values; the walk[^;]*", say("the device has more values than one poll may bring")),
        (r"[^;]+: answered [^;]+, which was not asked; it was left out", say("it answered what was not asked")),
    )
)


def reason(text: str) -> Phrase:
    """Return *text*, one reason or several joined by semicolons, as a phrase; what is not known stays as it is."""
    for form, phrase in _FORMS:
        found = form.match(text)
        if found and (found.end() == len(text) or text.startswith("; ", found.end())):
            first = Phrase(phrase.template, tuple(found.groupdict().items()))
            rest = text[found.end() + 2 :]
            return say("{one}; {more}", one=first, more=reason(rest)) if rest else first
    return say("{reason}", reason=text)
