"""Small things with Dutch text."""

import pytest

from overleg.lib.text import upper_first


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("het Midwestoverleg", "Het Midwestoverleg"),
        ("DBO", "DBO"),
        ("één pdf met bladwijzers", "Eén pdf met bladwijzers"),
        ("élan", "Élan"),
        ("", ""),
    ],
)
def test_a_sentence_begins_with_a_capital(text: str, sentence: str) -> None:
    assert upper_first(text) == sentence
