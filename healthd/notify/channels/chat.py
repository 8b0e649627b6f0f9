"""Chat and SMS through apprise: WeCom, DingTalk, Feishu, Webex, Slack, and SMS gateways.

The recipient is an apprise URL (``wecombot://…``, ``dingtalk://…``); as it
holds a token, it is given by reference and fetched when it is used.
"""

from dataclasses import dataclass, field

from healthd.errors import NotSent
from healthd.model.message import Message
from healthd.model.secret import Secret
from healthd.model.setting import bound, check

LONGEST = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Table ``[notify.chat]``: *targets* are names with references; *urls* is filled in from them."""

    targets: dict[str, str] = field(default_factory=dict)
    timeout: float = bound(30.0, above=0)
    urls: dict[str, Secret] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        check(self)


def send(settings: Settings, message: Message) -> str:
    """Hand *message* to the target called ``message.recipient`` and return it; files and HTML stay behind.

    Raises:
        NotSent: no such target (permanent), or the service did not take it.
    """
    if message.recipient not in settings.urls:
        known = ", ".join(sorted(settings.urls)) or "none"
        raise NotSent(f"no chat target {message.recipient!r}; there are: {known}", permanent=True)
    import apprise

    client = apprise.Apprise()
    if not client.add(settings.urls[message.recipient].reveal()):
        raise NotSent(f"the address of chat target {message.recipient!r} is none that apprise knows", permanent=True)
    text = message.text if len(message.text) <= LONGEST else message.text[: LONGEST - 1] + "…"
    if not client.notify(title=message.subject, body=text):
        raise NotSent(f"chat target {message.recipient!r} did not take the message")
    return f"chat target {message.recipient}"
