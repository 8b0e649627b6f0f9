"""One of a thing is not several."""

from healthd.model.counted import counted


def test_the_word_follows_its_number() -> None:
    assert [counted(n, "device") for n in (0, 1, 2, 2000)] == ["0 devices", "1 device", "2 devices", "2,000 devices"]
    assert [counted(n, "try", "tries") for n in (1, 3)] == ["1 try", "3 tries"]
