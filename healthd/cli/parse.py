"""``healthd parse``: what healthd reads out of a command's output or a log file, without a device."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from healthd.errors import ConfigError, HealthdError

if TYPE_CHECKING:
    from healthd.cli._parsed import Output
    from healthd.model.finding import Finding


def command(
    file: Annotated[str, typer.Argument(metavar="[FILE]", help="The output or log file; - is standard input.")] = "-",
    platform: Annotated[str, typer.Option("--platform", "-p", help="The system that printed it: ios, iosxe, nxos, iosxr, asa, …")] = "",
    said: Annotated[str, typer.Option("--command", "-c", metavar="COMMAND", help='The command that printed it, as "show version".')] = "",
    syslog: Annotated[bool, typer.Option("--syslog", help="FILE holds log lines.")] = False,
    batch: Annotated[
        bool, typer.Option("--batch", help='Read {"platform": …, "command": …, "file": …}, one a line, from standard input.')
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object per line.")] = False,
) -> None:
    """Read the output of a command, or a log file, and show what it says.

    Exit status 3 when healthd does not read the command; 1 when it failed on the output. A text in which nothing is recognised is told on
    standard error.

    Examples: healthd parse -p iosxe -c "show environment all" env.txt · ssh core-1 show version | healthd parse -p nxos -c "show version" ·
    healthd parse -p ios --syslog messages.log --json · healthd parse --batch --json < list.jsonl
    """
    now = datetime.now(UTC)
    if batch:
        clean = [_batched(line, now) for line in sys.stdin if line.strip()]
        raise typer.Exit(0 if all(clean) else 1)
    _check(platform, said, syslog=syslog)
    if syslog:
        _log(file, platform, now, as_json=as_json)
        return
    output, findings = _read(file, platform, said, now)
    _show(output, findings, as_json=as_json)
    if output.poll.errors:
        raise typer.Exit(HealthdError.exit_status)
    if not output.tells:
        _nothing(
            f"nothing that healthd reads is in {_named(file)}, taken as the output of {said!r} on {platform}; compare --platform and --command with it"
        )


def _check(platform: str, said: str, *, syslog: bool) -> None:
    if not platform:
        raise ConfigError("healthd parse needs --platform: the system that printed it")
    if bool(said) == syslog:
        raise ConfigError('healthd parse needs --command "show …", or --syslog for a log file, and not both')


def _named(file: str) -> str:
    return "standard input" if file == "-" else file


def _nothing(why: str) -> None:
    """Say that the text was read and told nothing: an empty log buffer is no mistake, but silence of ours is not its health either."""
    print(f"healthd: {why}", file=sys.stderr)


def _bytes(file: str) -> bytes:
    """Return what is in *file*; ConfigError when it cannot be read."""
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror or error}") from error


def _read(file: str, platform: str, said: str, now: datetime) -> "tuple[Output, tuple[Finding, ...]]":
    from healthd.cli import _parsed
    from healthd.cli.poll import shown
    from healthd.model.device import Device

    system = _parsed.platform_of(platform)
    _parsed.readers_of(system, said)
    text = _bytes(file).decode("utf-8", "backslashreplace")
    output = _parsed.output(text, system, said, now, "" if file == "-" else Path(file).stem)
    device = Device(name=output.poll.device, customer="", address="")
    return output, tuple(shown(device, output.poll))


def _log(file: str, platform: str, now: datetime, *, as_json: bool) -> None:
    from healthd.cli import _lines, _parsed
    from healthd.collectors.logs.syslog import Context

    _parsed.platform_of(platform)
    lines = known = 0
    for event in _parsed.log(_bytes(file), Context(received=now, source="cli")):
        lines, known = lines + 1, known + bool(event.mnemonic)
        if as_json:
            print(json.dumps(_lines.event_object(event), ensure_ascii=False))
        else:
            at = event.at.isoformat(sep=" ") if event.at else "-"
            print(f"{at}  {event.kind or '-'}  {event.item or '-'}  {event.text or _lines.event_object(event)['raw']}")
    if lines and not known:
        _nothing(f"no line of {_named(file)} is a log line of {platform} that healthd can read")


def _show(output: "Output", findings: "Iterable[Finding]", *, as_json: bool) -> None:
    from healthd.cli import _facts

    lines = (json.dumps(each, ensure_ascii=False, allow_nan=False) for each in _objects(output, findings))
    for line in lines if as_json else _facts.table(output.poll, output.events, tuple(findings)):
        print(line)


def _objects(output: "Output", findings: "Iterable[Finding]") -> Iterator[dict[str, Any]]:
    """Yield the objects of one output: facts, findings, log lines, and how it went last."""
    from healthd.cli import _lines

    *said, closing = (json.loads(line) for line in _lines.lines(output.poll, findings))
    yield from said
    yield from (_lines.event_object(event) for event in output.events)
    yield closing


def _batched(line: str, now: datetime) -> bool:
    """Answer one line of a batch; whatever is wrong with it, its `collect` line closes it. Say whether all went well."""
    file: object = None
    try:
        file, platform, said = _asked(line)
        output, findings = _read(file, platform, said, now)
    except HealthdError as error:
        unsupported = [said] if error.exit_status == 3 and file else []
        _close(file, [] if unsupported else [str(error)], unsupported)
        return bool(unsupported)
    except Exception as error:  # noqa: BLE001 - the boundary around one file of many
        _close(file, [f"healthd failed on it: {type(error).__name__}: {error}"], [])
        return False
    sys.stdout.write("".join(f"{json.dumps({'file': file, **each}, ensure_ascii=False)}\n" for each in _objects(output, findings)))
    return not output.poll.errors


def _asked(line: str) -> tuple[str, str, str]:
    try:
        asked = json.loads(line)
        return str(asked["file"]), str(asked["platform"]), str(asked["command"])
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"found {line.strip()[:80]!r}; allowed: an object with platform, command and file") from error


def _close(file: object, errors: list[str], unsupported: list[str]) -> None:
    collect = {"up": not errors, "unsupported": unsupported, "errors": errors}
    print(json.dumps({**({"file": file} if file else {}), "collect": collect}, ensure_ascii=False))
