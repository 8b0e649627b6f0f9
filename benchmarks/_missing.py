"""What a benchmark raises when the machine lacks what it compares with."""


class Missing(Exception):
    """Something is not there; the text names it and how to install it."""
