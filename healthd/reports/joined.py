"""Two PDFs as one: pages, structure tree, bookmarks and names of the second behind those of the first.

What the two have in common (language, metadata, attachments) is the first one's.
A page finds its tags by a number in the parent tree (ISO 32000-1, 14.7.4.4),
so those of the second begin behind those of the first.
"""

import io
from typing import Any

from pikepdf import Array, Dictionary, NameTree, NumberTree, ObjectStreamMode, OutlineItem, Pdf


def joined(front: bytes, rest: bytes) -> bytes:
    """Return the tagged PDFs *front* and *rest* as one; the same two give the same bytes."""
    with Pdf.open(io.BytesIO(front)) as whole, Pdf.open(io.BytesIO(rest)) as more:
        whole.pages.extend(more.pages)
        _tag(whole, whole.copy_foreign(more.Root.StructTreeRoot), len(whole.pages) - len(more.pages))
        _mark(whole, more)
        _name(whole, more)
        out = io.BytesIO()
        whole.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
        return out.getvalue()


def _tag(whole: Pdf, tree: Any, before: int) -> None:
    """Hang the elements of *tree* into that of *whole*, whose first pages, *before* in number, have tags already."""
    (own,), (theirs,) = whole.Root.StructTreeRoot.K, tree.K
    for element in theirs.K:
        element.P = own
        own.K.append(element)
    numbers = NumberTree(whole.Root.StructTreeRoot.ParentTree)
    first = max(numbers, default=-1) + 1
    for page in list(whole.pages)[before:]:
        page.obj.StructParents += first
    for number, elements in list(NumberTree(tree.ParentTree).items()):
        numbers[number + first] = elements


def _mark(whole: Pdf, more: Pdf) -> None:
    """Put the bookmarks of *more* behind those below the title of *whole*."""
    places = {page.objgen: number for number, page in enumerate(more.pages)}
    before = len(whole.pages) - len(more.pages)

    def moved(item: OutlineItem) -> OutlineItem:
        page, *place = item.destination  # type: ignore[misc]
        made = OutlineItem(item.title, Array([whole.pages[before + places[page.objgen]].obj, *place]))
        made.children.extend(moved(each) for each in item.children)
        return made

    with whole.open_outline() as own, more.open_outline() as theirs:
        (own.root[0].children if own.root else own.root).extend(moved(item) for item in theirs.root)


def _name(whole: Pdf, more: Pdf) -> None:
    """Let the places of *more* that have a name keep it."""
    dests = more.Root.get("/Names", Dictionary()).get("/Dests")
    if dests is None:
        return
    names = NameTree(whole.Root.Names.Dests) if "/Dests" in whole.Root.get("/Names", Dictionary()) else NameTree.new(whole)
    copied = whole.copy_foreign(more.make_indirect(dests))
    for name, place in NameTree(copied).items():
        names[name] = place
    whole.Root.Names.Dests = names.obj
