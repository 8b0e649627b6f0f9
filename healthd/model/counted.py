"""Numbers of things in English words: one device, but two devices."""


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return *number* and *noun* in its right form: ``1 device``, ``2,000 devices``; *plural* where an s does not make it."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
