"""``healthd catalogue``: what healthd knows of log messages."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from healthd.errors import UnknownName
from healthd.model.counted import counted

if TYPE_CHECKING:
    from healthd.catalogue.messages.read import Message

app = typer.Typer(help="What healthd knows of log messages.", no_args_is_help=True)
_JSON = typer.Option("--json", help="Print JSON, one object per line.")
_WORDS = {"en": ("Meaning", "Cause", "Action"), "zh": ("含义", "可能原因", "建议措施")}


@app.callback()
def group() -> None:
    """What healthd knows of log messages."""


@app.command("list")
def list_(
    platform: Annotated[str, typer.Option("--platform", "-p", help="Only of this system: ios, iosxe, nxos, iosxr, asa, …")] = "",
    kind: Annotated[str, typer.Option("--class", help="Only of this event class or family: fan.changed, psu, …")] = "",
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """List the messages: tag, event class, what it says of the hardware, what ends it, systems.

    Examples: healthd catalogue list --platform nxos · healthd catalogue list --class psu --json
    """
    for message in _chosen(platform, kind):
        if as_json:
            print(json.dumps(_object(message), ensure_ascii=False))
        else:
            systems = ",".join(message.platforms)
            print(f"{message.tag}  {message.kind}  {message.hardware}  {message.clears or '-'}  {systems}  {message.meaning['en']}")


@app.command()
def count(as_json: Annotated[bool, _JSON] = False) -> None:
    """Count the entries by system and by event class; an entry of several systems counts for each of them.

    Examples: healthd catalogue count · healthd catalogue count --json
    """
    from healthd.catalogue.messages.read import entries

    every = entries()
    systems = Counter(platform for message in every for platform in message.platforms)
    kinds = Counter(message.kind for message in every)
    if as_json:
        print(
            json.dumps(
                {
                    "entries": len(every),
                    "classes": len(kinds),
                    "by_platform": dict(sorted(systems.items())),
                    "by_class": dict(sorted(kinds.items())),
                }
            )
        )
        return
    _table("PLATFORM", systems)
    _table("CLASS", kinds)
    print(f"{counted(len(every), 'entry', 'entries')}, {counted(len(kinds), 'event class', 'event classes')}")


def _table(head: str, counts: Counter[str]) -> None:
    width = max(len(head), *(len(name) for name in counts))
    print(f"{head.ljust(width)}  ENTRIES")
    for name, number in sorted(counts.items()):
        print(f"{name.ljust(width)}  {number}")
    print()


@app.command()
def show(
    tag: Annotated[str, typer.Argument(metavar="TAG", help="As in the log, with its severity or without: C6KPWR-2-PSFAIL, ASA-735004.")],
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """Show everything known of a message, in both languages.

    Examples: healthd catalogue show %ENVIRONMENTAL-1-ALERT · healthd catalogue show ASA-735004 --json
    """
    for message in _named(tag):
        print(json.dumps(_object(message), ensure_ascii=False) if as_json else "\n".join(_lines(message)))


def _chosen(platform: str, kind: str) -> "Iterable[Message]":
    from healthd.catalogue.messages.read import entries

    known = sorted({name for message in entries() for name in message.platforms})
    if platform and platform not in known:
        raise UnknownName("platform", platform, tuple(known))
    if kind and not any(_is(message.kind, kind) for message in entries()):
        raise UnknownName("event class", kind, tuple(sorted({message.kind for message in entries()})))
    for message in entries():
        if (not platform or platform in message.platforms) and (not kind or _is(message.kind, kind)):
            yield message


def _is(kind: str, wanted: str) -> bool:
    return kind == wanted or kind.startswith(f"{wanted}.")


def _named(tag: str) -> "tuple[Message, ...]":
    """Return the entries of *tag*, said in any way that a log says it; UnknownName when there are none."""
    from datetime import UTC, datetime

    from healthd.catalogue.messages.read import catalogue
    from healthd.collectors.logs.syslog import Context, parse

    said = tag.strip().lstrip("%").rstrip(":").upper()
    event = parse(f"%{said}: ".encode(), Context(received=datetime.now(UTC)))
    facility = "ASA" if event.facility in ("FTD", "PIX", "FWSM") else event.facility
    for name in (said, f"{facility}-{event.mnemonic}"):
        if name in catalogue():
            return catalogue()[name]
    raise UnknownName("log message", said, tuple(sorted(catalogue())))


def _object(message: "Message") -> dict[str, Any]:
    from healthd.cli import _lines

    said: dict[str, Any] = {
        "tag": message.tag,
        "platforms": list(message.platforms),
        "class": message.kind,
        "component": message.component,
        "hardware": message.hardware,
        "pattern": message.pattern,
        "clears": message.clears,
        "meaning": dict(message.meaning),
        "cause": dict(message.cause),
        "action": dict(message.action),
        "example": message.example,
        "source": message.source,
        "inferred": message.inferred,
    }
    return _lines.told(said)


def _lines(message: "Message") -> Iterable[str]:
    yield f"{message.tag}  {message.kind}"
    yield f"  Systems: {', '.join(message.platforms)}"
    yield f"  Component: {message.component or '-'}  Hardware: {message.hardware}  Ended by: {message.clears or '-'}"
    for language, words in _WORDS.items():
        for word, texts in zip(words, (message.meaning, message.cause, message.action), strict=True):
            yield f"  {word}: {texts[language]}" if language == "en" else f"  {word}：{texts[language]}"
    yield f"  Pattern: {message.pattern or '-'}"
    yield f"  Example: {message.example}"
    yield f"  Source: {message.source}{' (inferred)' if message.inferred else ''}"
    yield ""
