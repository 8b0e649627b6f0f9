"""Which commands a reader takes, written as people type them."""

import re
from functools import cache

_SHORTEST = 2
"""A word may be cut this short: nobody types less, and one letter says too little."""


def typed(command: str, *patterns: str) -> bool:
    """Say whether *command* is one of *patterns*.

    A pattern is words with blanks between: ``show interfaces`` takes
    ``sh int`` as the CLI does, ``ip|ipv6`` is either word, ``[detail]`` may be
    left out, ``*`` stands for any words or none, ``<port>`` for one that has
    a digit, as names of ports do, or two (``gigabitethernet 0/1``).
    """
    return any(_compiled(pattern).fullmatch(command) for pattern in patterns)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile("".join(_word(word) for word in pattern.split()).removeprefix(" "))


def _word(word: str) -> str:
    if word == "*":
        return r"(?: \S+)*"
    if word == "<port>":
        return r" (?:[a-z][a-z-]* )?[a-z./:-]*\d[\w./:-]*"
    if word.startswith("["):
        return f"(?:{_word(word.strip('[]'))})?"
    return f" (?:{'|'.join(_short(each) for each in word.split('|'))})"


def _short(word: str) -> str:
    """Return an expression for *word* and for each beginning of it."""
    head, rest = word[:_SHORTEST], word[_SHORTEST:]
    return re.escape(head) + "".join(f"(?:{re.escape(letter)}" for letter in rest) + ")?" * len(rest)
