"""Words are compared without accents, case and endings; found words are marked."""

import pytest

from overleg.lib.stem import stem
from overleg.lib.words import Sought, fold, index_words, read_question
from overleg.search.snippets import Piece, mark, snippet


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vergadering", "vergaderingen"),
        ("gemeente", "gemeenten"),
        ("zwembad", "zwembadden"),
        ("mogelijkheid", "mogelijkheden"),
        ("boom", "bomen"),
    ],
)
def test_singular_and_plural_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_a_word_meets_the_stem_of_another() -> None:
    assert read_question("deelwagen rijdt").matches("deelwagens")
    assert read_question("deelwagens rijden").matches("deelwagen")


def test_words_that_differ_keep_apart() -> None:
    assert stem("burgemeester") != stem("burger")


def test_accents_case_and_possessives_fall_away() -> None:
    assert fold("Coördinator") == "coordinator"
    assert fold("foto’s") == "foto"
    assert fold("ÉÉN") == "een"


def test_the_index_holds_each_word_once() -> None:
    assert index_words("Bomen, bomen en boom.") == "bomen bom en boom"


def test_words_that_stand_everywhere_only_count_alone() -> None:
    assert read_question("het plan van de regio").words == ("plan",)
    assert read_question("de").begun == "de"
    assert not read_question(" ?! ")


def test_the_last_word_is_found_at_the_beginning_of_one() -> None:
    asked = read_question("gedeelde deelw")
    assert asked.matches("deelwagens")
    assert asked.matches("gedeelde")
    assert not asked.matches("wagens")


def test_marks_stand_around_whole_words() -> None:
    assert mark("De Coördinatoren komen", read_question("coordinator")) == (
        Piece("De "),
        Piece("Coördinatoren", is_found=True),
        Piece(" komen"),
    )


def test_a_snippet_is_the_part_around_the_first_word() -> None:
    text = "begin " * 100 + "fietssnelweg " + "slot " * 100
    pieces = snippet(text, read_question("fietssnelweg"))
    assert Piece("fietssnelweg", is_found=True) in pieces
    assert pieces[0] == Piece("… ")
    assert pieces[-1] == Piece(" …")
    assert sum(len(piece.text) for piece in pieces) < 400
    assert snippet("kort", Sought(())) == (Piece("kort"),)
