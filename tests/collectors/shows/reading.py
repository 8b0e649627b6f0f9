"""What the readers of a platform make of a command's output."""

from healthd import platforms
from healthd.collectors import _outputs
from healthd.model.observation import Fact, Interface, Neighbour, Reading


def facts(platform: str, command: str, text: str) -> list[Fact]:
    """Return the facts in *text*; a reader that fails, or none that reads *command*, fails the test."""
    system = next(each for each in platforms.known() if each.name == platform)
    readers = _outputs.readers((system.name, *system.like))
    assert _outputs.reading(readers, command), f"{platform} does not read {command!r}"
    errors: list[str] = []
    found = list(_outputs.facts(readers, text, command, errors))
    assert not errors
    return found


def values(found: list[Fact], metric: str) -> dict[str, float | int | str]:
    """Return the values of *metric* by item."""
    return {each.item: each.value for each in found if isinstance(each, Reading) and each.metric == metric}


def interfaces(found: list[Fact]) -> dict[str, Interface]:
    """Return the interfaces by name."""
    return {each.name: each for each in found if isinstance(each, Interface)}


def neighbours(found: list[Fact]) -> list[Neighbour]:
    """Return the neighbours in order."""
    return [each for each in found if isinstance(each, Neighbour)]
