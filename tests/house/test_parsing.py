"""Pages are read strictly, also when all that stands in them was seen before."""

import pytest
from html5lib.html5parser import ParseError

from tests.parsing import parse
from tests.reading import filled_in, text_of

RIGHT = """<!doctype html>
<html lang="nl-BE"><head><title>Agenda &amp; verslag</title></head><body><main>
<h1>Agenda &amp; verslag</h1><div><p>Tekst<br>met <a href="/een?a=1&amp;b=2">een link</a>.</p></div>
<form method="post"><input name="titel" value="A &lt; B"><textarea name="uitleg">
Eerste
 tweede</textarea></form>
<table><tr><td>cel</td></tr></table>
<svg><use href="#teken"/></svg><script>if (1 < 2) { a && b; }</script>
</main></body></html>"""

WRONG = {
    "a paragraph that ends twice": ("</p></div>", "</p></p></div>"),
    "an element that does not end": ("een link</a>", "een link"),
    "two that cross": ("een link</a>.</p>", "een link</p></a>."),
    "a block in a paragraph": ("<p>Tekst", "<p><div>x</div>Tekst"),
    "a link in a link": ("een link", '<a href="/twee">een</a> link'),
    "a form in a form": ('<input name="titel"', '<form></form><input name="titel"'),
    "a block between the cells": ("<tr><td>", "<tr><div>los</div><td>"),
    "a cell outside a row": ("<div><p>", "<div><td>x</td><p>"),
    "an attribute twice": ('<input name="titel"', '<input name="titel" name="twee"'),
    "an unknown entity": ("Tekst<br>", "&geenteken;<br>"),
    "a closed element that is not empty": ("<div><p>", "<div/><p>"),
    "a second body": ("</main></body>", "</main></body><body></body>"),
    "no doctype": ("<!doctype html>", ""),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_a_browser_would_repair_is_refused(what: str) -> None:
    parse(RIGHT)
    before, after = WRONG[what]
    wrong = RIGHT.replace(before, after, 1)
    assert wrong != RIGHT
    with pytest.raises(ParseError):
        parse(wrong)


def test_what_stands_in_a_page_is_read_as_a_browser_reads_it() -> None:
    page = parse(RIGHT)
    assert text_of(next(page.iter("h1"))) == "Agenda & verslag"
    assert [link.get("href") for link in page.iter("a")] == ["/een?a=1&b=2"]
    form = next(page.iter("form"))
    assert filled_in(form) == {"titel": "A < B", "uitleg": "Eerste\n tweede"}
