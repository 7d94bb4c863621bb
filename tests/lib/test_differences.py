"""What changed between two texts, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from overleg.lib.differences import Mark, Paragraph, Piece, is_changed, marked_html, marked_line

WORDS = st.lists(st.sampled_from(["samen", "deelwagens", "plaatsen", "tegen", "2027."]), max_size=6)
TEXTS = st.lists(WORDS, max_size=5).map(
    lambda paragraphs: "".join(f"<p>{' '.join(words)}</p>" for words in paragraphs)
)


def words_of(paragraphs: tuple[Paragraph, ...], without: Mark) -> list[str]:
    """The words of a marked-up text, but for those with this mark."""
    return [
        word
        for paragraph in paragraphs
        for piece in paragraph
        if piece.mark is not without
        for word in piece.text.split()
    ]


def said(html: str) -> list[str]:
    """The words of some HTML."""
    return html.replace("<p>", " ").replace("</p>", " ").split()


@given(before=TEXTS, after=TEXTS)
def test_both_texts_can_be_read_back(before: str, after: str) -> None:
    marked = marked_html(before, after)
    assert words_of(marked, Mark.ADDED) == said(before)
    assert words_of(marked, Mark.REMOVED) == said(after)
    assert is_changed(marked) == (marked_html(before, before) != marked_html(after, after))


def test_only_the_words_that_changed_are_marked() -> None:
    assert marked_html(
        "<p>Wij plaatsen zes deelwagens.</p>", "<p>Wij plaatsen tien auto's.</p>"
    ) == (
        (
            Piece("Wij plaatsen"),
            Piece("zes deelwagens.", Mark.REMOVED),
            Piece("tien auto's.", Mark.ADDED),
        ),
    )


def test_a_new_point_of_a_list_is_a_paragraph_of_its_own() -> None:
    marked = marked_html("<ul><li>een</li></ul>", "<ul><li>een</li><li>twee</li></ul>")
    assert marked == ((Piece("– een"),), (Piece("– twee", Mark.ADDED),))


def test_a_line_is_marked_in_one_go() -> None:
    assert marked_line("Waterbom", "De waterbom") == (
        Piece("Waterbom", Mark.REMOVED),
        Piece("De waterbom", Mark.ADDED),
    )


def test_very_long_passages_are_shown_as_replaced() -> None:
    before, after = "a " * 2000, "b " * 2000
    marked = marked_html(f"<p>{before}</p>", f"<p>{after}</p>")
    assert [piece.mark for paragraph in marked for piece in paragraph] == [Mark.REMOVED, Mark.ADDED]
