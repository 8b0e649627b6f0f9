"""Telling a sender's own words from what their mail program quoted. Pure; where it is not clear, more is kept than needed."""

import re

_QUOTED = re.compile(r"^\s*>")
_BEGINS = re.compile(
    r"""^\s*(?:
        -{2,}\s*(?:Original\ Message|Forwarded\ message|原始邮件|转发邮件|原邮件|回复的原邮件).*   # Outlook, NetEase, Tencent
      | _{20,}                                                                        # Outlook's rule
      | On\ .{5,200}\ wrote:\s*                                                       # Apple, Gmail, Thunderbird
      | 在?\s?.{4,120}(?:写道|寫道)\s*[:：]\s*
      | \#{3,}\ ?Reply\ above
    )$""",
    re.VERBOSE | re.IGNORECASE,
)
_HEADERS = re.compile(r"^\s*\*?(?:From|Sent|Date|To|Subject|发件人|发送时间|收件人|主题|寄件者|日期)\*?\s*[:：]", re.IGNORECASE)
_SIGNED = re.compile(r"^-- $")
_ENOUGH = 3
"""Lines in a row that look like headers of an older mail."""


def own_words(text: str) -> str:
    """Return *text* down to where an older mail or a signature begins, without quoted lines; the whole when nothing else is left."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = [line.rstrip() for line in lines[: _end(lines)] if not _QUOTED.match(line)]
    words = re.sub(r"\n{3,}", "\n\n", "\n".join(_printable(line) for line in kept)).strip()
    return words or "\n".join(_printable(line.rstrip()) for line in lines).strip()


def _end(lines: list[str]) -> int:
    for n, line in enumerate(lines):
        short = line[:400]
        if _SIGNED.match(short) or (_BEGINS.match(short) and n):
            return n
        # "On … wrote:" that was wrapped into a second line.
        if n and n + 1 < len(lines) and short.startswith("On ") and _BEGINS.match(f"{short.strip()} {lines[n + 1][:200].strip()}"):
            return n
        if n and len([each for each in lines[n : n + _ENOUGH + 1] if _HEADERS.match(each[:400])]) >= _ENOUGH and _HEADERS.match(short):
            return n
    return len(lines)


def _printable(line: str) -> str:
    return "".join(c if c.isprintable() or c == "\t" else " " for c in line)
