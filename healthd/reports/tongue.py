"""In which language a name is written: Chinese names stand in English pages too, and have to keep their Chinese forms."""

import re

HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


def tongue(text: str) -> str:
    """Return ``zh-CN`` when *text* has Chinese characters, else nothing; without it the layout would take Japanese forms for them."""
    return "zh-CN" if HAN.search(text) else ""
