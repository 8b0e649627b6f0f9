"""Every sentence exists in Simplified Chinese, with the same places, and the catalogues hold nothing else."""

import ast
import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from healthd.reports import language as language_
from healthd.reports.html import TEMPLATES
from healthd.reports.language import TRANSLATIONS, language

HEALTHD = Path(language_.__file__).parent.parent
CATALOGUES = TRANSLATIONS / "zh_CN"
HAN = r"[\u3400-\u9fff]"
LATIN = re.compile(r"(?<!°)[A-Za-z][A-Za-z0-9+.-]*")
TECHNICAL = "BGP Cisco CPU crash dBm err-disabled Ethernet healthd hello HSRP ICMP IOS IP keepalive MTU NTP P1 P2 P3 P4 PID PoE RMA RMA-Pend RPS SDM SNMP SNMPv3 SR SSH TAC VID vPC VRRP"
TYPED = "tray list show processes cpu memory sorted copy running-config startup-config enable up down"
NAMES = frozenset(f"{TECHNICAL} {TYPED}".split())
"""Words that stay as they are in a Chinese sentence."""


@cache
def said() -> dict[str, dict[str, str]]:
    """Return what the source says, by part: English template to one place where it stands."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(HEALTHD.rglob("*.py")):
        with path.open("rb") as file:
            for line, template, _, _ in extract("python", file, keywords={"say": None}):
                inside = path.relative_to(HEALTHD)
                found.setdefault(inside.parts[0].removesuffix(".py"), {}).setdefault(str(template), f"{inside}:{line}")
    return found


@cache
def catalogue(part: str) -> tuple[tuple[str, str], ...]:
    """Return the messages of one catalogue, with those twice that are in it twice."""
    path = CATALOGUES / f"{part}.po"
    if not path.exists():
        return ()
    with path.open("rb") as file:
        return tuple((str(m.id), str(m.string)) for m in read_po(file, locale="zh_CN") if m.id)


def messages() -> list[tuple[str, str]]:
    return [pair for part in sorted(said()) for pair in catalogue(part)]


def bare(template: str) -> str:
    return re.sub(r"\{\w+\}|\b[a-z-]+\.csv\b", "", template)


def places(template: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(template) if name is not None)


def test_every_part_that_speaks_has_a_catalogue_and_no_other_has() -> None:
    assert {path.stem for path in CATALOGUES.iterdir()} == set(said())


@pytest.mark.parametrize("part", sorted(said()))
def test_a_catalogue_has_every_sentence_of_its_part_and_nothing_else(part: str) -> None:
    there = [template for template, _ in catalogue(part)]
    missing = {template: place for template, place in said()[part].items() if template not in there}
    left_over = set(there) - set(said()[part])
    assert (missing, left_over) == ({}, set()), "docs/glossary.md says how to take up new sentences"
    assert len(there) == len(set(there))


def test_every_sentence_is_translated() -> None:
    assert [t for t, chinese in messages() if not re.search(HAN, chinese) and set(LATIN.findall(bare(t))) - NAMES] == []


def test_a_translation_has_the_places_of_its_sentence() -> None:
    assert {t: chinese for t, chinese in messages() if places(t) != places(chinese)} == {}


def test_one_sentence_is_translated_one_way_wherever_it_stands() -> None:
    ways: dict[str, set[str]] = {}
    for template, chinese in messages():
        ways.setdefault(template, set()).add(chinese)
    assert {template: way for template, way in ways.items() if len(way) > 1} == {}


def test_no_english_word_is_left_in_a_translation() -> None:
    left = {chinese: words for _, chinese in messages() if (words := set(LATIN.findall(bare(chinese))) - NAMES)}
    assert left == {}


@pytest.mark.parametrize(
    ("mistake", "form"),
    [
        ("half-width punctuation beside Han", rf"{HAN}\s?[,;:!?()]|(?<!\d)[,;:!?()]\s?{HAN}|{HAN}\."),
        ("Han and Latin or digits without a space", rf"{HAN}[A-Za-z0-9]|[A-Za-z0-9%]{HAN}"),
        ("a space beside full-width punctuation", r"[，。：；（）“”、？]\s|\s[，。：；（）“”、？]"),
        ("a space between Han", rf"{HAN}\s{HAN}"),
        ("an outer space", r"^\s|\s$"),
    ],
)
def test_a_translation_is_set_as_chinese_print_is(mistake: str, form: str) -> None:
    wrong = [chinese for _, chinese in messages() if re.search(form, chinese)]
    assert wrong == [], mistake


def test_a_translation_has_simplified_forms_only() -> None:
    """GB 2312, the national standard of simplified characters, has no traditional and no Japanese forms."""
    han = {character for _, chinese in messages() for character in re.findall(HAN, chinese)}
    assert {character for character in han if not character.encode("gb2312", "ignore")} == set()


def test_every_sentence_is_a_literal_so_that_it_can_be_collected() -> None:
    for path in sorted(HEALTHD.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                first = node.args[0] if node.args else None
                # The store's codec calls its packing function that.
                literal = isinstance(first, ast.Constant) and isinstance(first.value, str)
                assert literal or path.name == "_codec.py", f"{path}:{node.lineno}"


def test_the_page_has_no_words_of_its_own() -> None:
    page = (TEMPLATES / "report.html").read_text("utf-8")
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", page, flags=re.DOTALL)
    assert LATIN.findall(re.sub(r"<[^>]*>", " ", text)) == []
    assert LATIN.findall(" ".join(re.findall(r'(?:alt|title|aria-label|placeholder)="([^"]*)"', text))) == []
    sheet = (TEMPLATES / "report.css").read_text("utf-8")
    generated = " ".join(re.findall(r"content:([^;}]*)", sheet))
    assert LATIN.findall(" ".join(re.findall(r'"([^"]*)"', generated))) == []


def test_the_catalogues_are_read_at_run_time_and_english_needs_none() -> None:
    assert language("zh-CN").translate("Critical") == "严重"
    assert language("en").translate("Critical") == "Critical"
    assert language("zh-CN").translate("nobody has translated this") == "nobody has translated this"
