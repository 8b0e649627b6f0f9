"""A text that must not be seen."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Secret:
    """Holds a password, key or community; prints as ``***`` wherever it lands."""

    _text: str = field(repr=False)

    def reveal(self) -> str:
        """Return the text itself, for the wire that needs it."""
        return self._text

    def __repr__(self) -> str:
        return "***"

    def __str__(self) -> str:
        return "***"

    def __format__(self, spec: str) -> str:
        return "***"

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("a secret is not written anywhere")
