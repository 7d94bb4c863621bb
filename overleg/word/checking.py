"""Checks a template from outside: each fault with its place, and the fields that it uses.

It runs in the process apart (``apart.py``): a template may be made to hurt.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from overleg.word.contexts import PaperKind
from overleg.word.engine import render
from overleg.word.errors import TemplateFault
from overleg.word.expressions import Reader, Scope
from overleg.word.fields import shape_of
from overleg.word.packages import open_package
from overleg.word.sample_papers import SAMPLES
from overleg.word.scanning import Place, Tag, parts_to_read, tags_of

MOST_TAGS = 2_000
MOST_FAULTS = 50
DEEPEST = 6
WHOLE_FILE = "Heel het bestand"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong: where ("Alinea 12"), the words that stand there, and what, in Dutch."""

    place: str
    words: str
    message: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. Without faults the template can be used."""

    faults: tuple[Fault, ...]
    fields: tuple[str, ...]
    """The fields that it uses, by path, sorted."""


@dataclass(slots=True)
class _Open:
    """A loop or condition that was opened and not yet closed."""

    word: str
    tag: Tag
    scope: Scope


@dataclass(slots=True)
class _Check:
    """One check under way."""

    kind: PaperKind
    faults: list[Fault] = field(default_factory=list)
    place: Place | None = None

    def tell(self, message: str) -> None:
        """Notes a fault at the tag that is being read."""
        where = self.place
        fault = Fault(where.label, where.words, message) if where else Fault("", "", message)
        if fault not in self.faults:
            self.faults.append(fault)


def check_template(blob: bytes, kind: PaperKind, *, now: datetime) -> Checked:
    """Check a template for papers of this kind, whatever it holds; ``now`` is aware."""
    try:
        parts = open_package(blob)
        check = _Check(kind)
        used = _read_parts(check, parts)
    except TemplateFault as fault:
        return Checked((Fault(WHOLE_FILE, "", str(fault)),), ())
    if not check.faults:
        _try_out(check, blob, now)
    return Checked(tuple(check.faults[:MOST_FAULTS]), tuple(sorted(used)))


def _read_parts(check: _Check, parts: Mapping[str, bytes]) -> set[str]:
    reader, shape = Reader(check.tell), shape_of(check.kind)
    tags = [(name, list(tags_of(name, parts[name], label))) for name, label in parts_to_read(parts)]
    count = sum(len(found) for _name, found in tags)
    if count > MOST_TAGS:
        raise TemplateFault(
            f"Het sjabloon bevat {count} velden en codes; hoogstens {MOST_TAGS} kunnen. Begin "
            "opnieuw van het sjabloon dat u hier kunt downloaden."
        )
    for _name, found in tags:
        _read_tags(check, reader, reader.knows(shape), found)
    return reader.used


def _read_tags(check: _Check, reader: Reader, scope: Scope, tags: list[Tag]) -> None:
    opened: list[_Open] = []
    for tag in tags:
        check.place = tag.place
        if tag.kind == "loose":
            _tell_loose(check, tag)
            continue
        _check_level(check, tag)
        if tag.kind == "value":
            if not tag.place.in_body and ("richtext(" in tag.code or "link(" in tag.code):
                check.tell("richtext en link werken enkel in de tekst, niet in kop- of voettekst.")
            reader.value(tag.code, scope)
        else:
            scope = _step(check, reader, tag, scope, opened)
    for left in opened:
        check.place = left.tag.place
        check.tell(f"Deze “{left.word}” wordt nergens gesloten: er ontbreekt een “end{left.word}”.")


def _tell_loose(check: _Check, tag: Tag) -> None:
    if tag.code in {"{{", "{%", "{#"}:
        check.tell(f"“{tag.code}” wordt niet gesloten in dezelfde alinea.")
    else:
        check.tell(f"“{tag.code}” sluit iets wat niet geopend is.")


def _check_level(check: _Check, tag: Tag) -> None:
    if tag.level in {"tr", "tc"} and tag.place.table is None:
        check.tell(f"“{{%{tag.level} … %}}” kan enkel in een tabel; gebruik hier “{{%p … %}}”.")
    if tag.level == "p" and not tag.alone:
        check.tell("Bij “{%p … %}” valt heel de alinea weg: zet deze code alleen in een alinea.")


def _step(check: _Check, reader: Reader, tag: Tag, scope: Scope, opened: list[_Open]) -> Scope:
    word, _, code = tag.code.partition(" ")
    if word in {"for", "if"}:
        opened.append(_Open(word, tag, scope))
        if len(opened) == DEEPEST + 1:
            check.tell(f"Meer dan {DEEPEST} lussen en voorwaarden in elkaar: maak het eenvoudiger.")
        if word == "for":
            return reader.loop(code, scope)
        reader.condition(code, scope)
    elif word in {"elif", "else"}:
        if not opened or (word == "elif" and opened[-1].word != "if"):
            check.tell(f"Deze “{word}” hoort bij geen voorwaarde.")
        elif word == "elif":
            reader.condition(code, scope)
    elif word in {"endfor", "endif"}:
        return _close(check, tag, word.removeprefix("end"), scope, opened)
    elif word == "set":
        return reader.assignment(code, scope)
    else:
        check.tell(
            f"De code “{word}” kennen we niet. Een sjabloon kent for, if, elif, else, endif, "
            "endfor en set."
        )
    return scope


def _close(check: _Check, tag: Tag, word: str, scope: Scope, opened: list[_Open]) -> Scope:
    if not opened:
        check.tell(f"Deze “end{word}” sluit niets: er staat geen “{word}” voor.")
        return scope
    left = opened.pop()
    if left.word != word:
        check.tell(
            f"Hier staat “end{word}”, maar eerst moet de “{left.word}” gesloten worden van "
            f"{left.tag.place.label.lower()}: «{left.tag.place.words}»."
        )
    elif left.tag.level != tag.level:
        check.tell(
            f"Deze “end{word}” begint met “{{%{tag.level}”, de “{word}” van "
            f"{left.tag.place.label.lower()} met “{{%{left.tag.level}”: maak ze gelijk."
        )
    elif not _side_by_side(left.tag, tag):
        check.tell(
            f"De “{word}” van {left.tag.place.label.lower()} eindigt hier, in een andere cel of "
            "een ander tekstvak: zet begin en einde in dezelfde cel, of in rijen van één tabel."
        )
    return left.scope


def _side_by_side(first: Tag, last: Tag) -> bool:
    if first.level in {"tr", "tc"}:
        return first.place.table is last.place.table
    return first.place.holder is last.place.holder


def _try_out(check: _Check, blob: bytes, now: datetime) -> None:
    for paper in SAMPLES.get(check.kind, ()):
        try:
            render(blob, paper.context(), title=paper.title, author=paper.author, now=now)
        except TemplateFault as fault:
            check.place = None
            check.faults.append(Fault(WHOLE_FILE, "", str(fault)))
            return
