"""What a terminal puts around a command's output: echo, prompts, paging; and the words with which a device refuses a command."""

import re

UNKNOWN = (
    "% invalid",
    "% incomplete",
    "% unrecognized",
    "% unknown",
    "% ambiguous",
    "%error: invalid",
    "% command not",
    "invalid command",
    "error: %",
    "syntax error",
    "cmd exec error",
    "unknown command",
)
"""Signs, in lower case, that a device does not know a command (IOS, NX-OS, IOS XR, ASA)."""

FORBIDDEN = (
    "% authorization failed",
    "command authorization failed",
    "% permission denied",
    "% this command is not authorized",
    "% bad secrets",
)
"""Signs, in lower case, that the account may not give a command."""

_BRIEF = 400
_ANYWHERE = UNKNOWN[:4]
_CURSOR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|[\x00\x07]")
_MORE = re.compile(r"(?<![ \t])[ \t]*<?-{2,3} ?More ?-{2,3}>?(?:[ \x08\r]*[\x08\r]| {0,9})", re.IGNORECASE)
# No page is that wide: a longer run of blanks is meant to cost a reader its time.
_GULF = re.compile(r"[ \t]{200,}")
_PROMPT = r"[\w.\-/:()@+~\[\]]{1,80}[#>]"
_ECHO = re.compile(rf"(?:{_PROMPT})?[ \t]*(?:(?:admin|do)[ \t]+)?(?:sho?w?|dir)(?:[ \t]+\S.*)?$", re.IGNORECASE)
_PROMPTED = re.compile(rf"{_PROMPT}[ \t]*\S")
_LAST = re.compile(rf"{_PROMPT}[ \t]*(?:exit|quit|logout|end)?[ \t]*$")
# IOS XR prints the time before every answer.
_CLOCK = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\s+[A-Z][a-z]{2}\s+\d+\s+[\d:.]+\s+\w+$")


def clean(text: str, command: str = "") -> str:
    """Return *text* as the device's command printed it: lines end in a newline, without what a terminal adds.

    Taken away are carriage returns, cursor movements, the pager's marks, the
    echo of *command* with its prompt, IOS XR's clock, the prompt at the end,
    blanks at the ends of lines and empty lines around it all; a run of more
    than 200 blanks is cut to that.
    """
    said = _rubbed(_MORE.sub("", _CURSOR.sub("", text.replace("\r\n", "\n"))))
    lines = [line.rstrip() for line in _GULF.sub(" " * 200, said.replace("\r", "\n")).split("\n")]
    lines = _without_head(lines, command)
    while lines and (not lines[-1] or _LAST.fullmatch(lines[-1])):
        lines.pop()
    return "".join(f"{line}\n" for line in lines)


def _rubbed(text: str) -> str:
    """Return *text* without the characters that a backspace took back; none takes back an end of line."""
    if "\x08" not in text:
        return text
    kept: list[str] = []
    for character in text:
        if character != "\x08":
            kept.append(character)
        elif kept and kept[-1] != "\n":
            kept.pop()
    return "".join(kept)


def _without_head(lines: list[str], command: str) -> list[str]:
    first = next((n for n, line in enumerate(lines) if line), len(lines))
    for n, line in enumerate(lines[first : first + 5], first):
        if _is_echo(line, command):
            first = n + 1
            break
    rest = lines[first:]
    while rest and (not rest[0] or _CLOCK.fullmatch(rest[0].strip())):
        rest.pop(0)
    return rest


def _is_echo(line: str, command: str) -> bool:
    """The command alone, or any command that reads behind a prompt."""
    said = line.strip()
    bare = " ".join(said.lower().split())
    return bool(bare and bare == " ".join(command.lower().split())) or bool(_PROMPTED.match(said) and _ECHO.fullmatch(said))


def unknown(text: str) -> bool:
    """Say whether *text*, the whole answer, tells that the device has no such command."""
    first = text.lstrip("\r\n ^").lower()
    return first.startswith(UNKNOWN) or (len(first) < _BRIEF and any(sign in first for sign in _ANYWHERE))


def forbidden(text: str) -> bool:
    """Say whether *text* tells that the account may not give this command."""
    first = text.lstrip("\r\n ^").lower()[:_BRIEF]
    return any(sign in first for sign in FORBIDDEN)
