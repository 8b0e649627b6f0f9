"""What a message means, in the words of the catalogue."""

from healthd.catalogue.messages.read import match
from healthd.model.event import Event
from healthd.model.phrase import Bilingual


def meaning(line: Event) -> Bilingual | None:
    """Return what the catalogue says of *line*; None when it does not know the message."""
    message = match(line.facility, line.severity, line.mnemonic, line.text).message
    return Bilingual(message.meaning["en"], message.meaning["zh"]) if message else None
