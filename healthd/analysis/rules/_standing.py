"""In which state a device stands now."""

from healthd.model.availability import Span, State
from healthd.model.history import History


def standing(history: History, device: str, state: State) -> Span | None:
    """Return the span in which *device* stands at the window's end, if it is in *state*."""
    spans = history.spans(device)
    return spans[-1] if spans and spans[-1].state is state else None
