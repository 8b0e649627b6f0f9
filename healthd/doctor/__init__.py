"""What keeps healthd from working well on this machine and network: one file a check, run by ``healthd doctor``.

A check is a module with a docstring, ``ORDER`` and ``check(patient)``, which
yields what it found; one that finds nothing wrong yields one good word.
"""
