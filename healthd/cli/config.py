"""``healthd config``: is the settings file right, what holds, and what can be set."""

import json
import sys
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from healthd.cli import _context
from healthd.config import words
from healthd.model import setting

app = typer.Typer(help="The settings file: check it, show what holds, list what can be set.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """The settings file: check it, show what holds, list what can be set."""


@app.command()
def check(config: _context.ConfigOption = None) -> None:
    """Check the settings file wholly and tell every mistake, with its line. Nothing is touched.

    Examples: healthd config check · healthd config check --config /etc/healthd/healthd.toml
    """
    from healthd.cli import _tables

    there = _context.context(config).config
    found = _tables.checked(there)
    print(f"{there.file} is right" if there.file else "no settings file; the defaults hold")
    if not found["notify.mail"].host:
        left = found["notify.folder"].path
        print(f"note: no mail server is set ([notify.mail] host): mail is left as files in {left}, inside the data folder", file=sys.stderr)


@app.command()
def show(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    config: _context.ConfigOption = None,
) -> None:
    """Show the settings that hold, defaults included, as a settings file. Secrets are references and are not followed.

    Examples: healthd config show · healthd config show --json | jq .listen
    """
    from healthd.cli import _tables

    there = _context.context(config).config
    found = {name: _values(kind) for name, kind in _tables.checked(there).items()}
    top = {key: there.top(key, default) for key, default in _tables.TOP.items()}
    if as_json:
        print(json.dumps({**top, **found}, ensure_ascii=False))
        return
    print("\n".join(f"{key} = {_toml(value)}" for key, value in top.items()))
    for name, values in found.items():
        print(f"\n[{name}]")
        print("\n".join(f"{key} = {_toml(value)}" for key, value in values.items() if value is not None))


@app.command()
def schema() -> None:
    """List every table and key that the settings file may hold, with type, default and what is allowed, as JSON lines.

    Example: healthd config schema | jq 'select(.table == "listen")'
    """
    from healthd.cli import _tables

    for name, kind in _tables.tables().items():
        for said in described(name, kind):
            print(json.dumps({key: value for key, value in said.items() if value is not None}, ensure_ascii=False))


def described(table: str, kind: type) -> Iterator[dict[str, Any]]:
    """Yield each key of *table*, whose dataclass is *kind*: its type, its default, and in words what is allowed."""
    from healthd.cli import _tables

    hints = typing.get_type_hints(kind)
    for each in _tables.keys(kind):
        yield {
            "table": table,
            "key": each.name,
            "type": _kind(hints[each.name]),
            "default": _plain(setting.default(each)),
            "allowed": words(each, hints[each.name]),
        }


def _values(settings: Any) -> dict[str, Any]:
    from healthd.cli import _tables

    return {each.name: _plain(getattr(settings, each.name)) for each in _tables.keys(type(settings))}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, Path) else value


def _kind(hint: Any) -> str:
    return (
        hint.__name__ if isinstance(hint, type) and not typing.get_args(hint) else str(hint).replace("typing.", "").replace("pathlib.", "")
    )


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
