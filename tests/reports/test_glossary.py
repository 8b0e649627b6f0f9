"""One term for one thing: the catalogues use the words of docs/glossary.md."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from healthd.reports.language import TRANSLATIONS

GLOSSARY = Path(__file__).parent.parent.parent / "docs" / "glossary.md"


def terms() -> dict[str, tuple[str, ...]]:
    """Return the checked table: English term to its Chinese forms."""
    table = GLOSSARY.read_text("utf-8").split("## Terms that the test checks")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", table, re.MULTILINE)[2:]
    return {term.strip(): tuple(re.split(r"\s*/\s*", chinese.strip())) for english, chinese in rows for term in english.split(",")}


def sentences() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted((TRANSLATIONS / "zh_CN").glob("*.po")):
        with path.open("rb") as file:
            found |= {str(m.id): str(m.string) for m in read_po(file, locale="zh_CN") if m.id}
    return found


def says(term: str, sentence: str) -> bool:
    """Does *sentence* say *term* as a word of its own, in the singular or plural?"""
    plural = (
        rf"(?:{re.escape(term)}(?:e?s)?|{re.escape(term.removesuffix('y'))}ies)" if term.endswith("y") else rf"{re.escape(term)}(?:e?s)?"
    )
    return bool(re.search(rf"(?<![\w{{-]){plural}(?![\w}}-]|\.csv)", sentence, re.IGNORECASE))


def test_the_glossary_has_terms() -> None:
    assert len(terms()) > 40
    assert "---" not in terms()
    assert terms()["discard"] == ("丢包", "丢弃")


@pytest.mark.parametrize("term", sorted(terms()))
def test_a_term_is_used_and_always_translated_alike(term: str) -> None:
    using = {template: chinese for template, chinese in sentences().items() if says(term, template)}
    wrong = {t: zh for t, zh in using.items() if not any(form in zh for form in terms()[term])}
    assert using, "nobody says it: take it out of the glossary"
    assert wrong == {}
