"""Rich text stays safe and keeps its words, whatever is typed or pasted."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overleg.lib.richtext import (
    clean_html,
    excerpt,
    html_to_plain,
    numbered_parts,
    plain_to_html,
)

TAGS = ["p", "div", "br", "b", "strong", "em", "i", "del", "ul", "ol", "li", "h1", "h3"]
TAGS += ["blockquote", "a href='https://x.be/?a=1&b=2'", "a href='javascript:x'", "table", "script"]

soup = st.lists(
    st.one_of(
        st.sampled_from([f"<{tag}>" for tag in TAGS]),
        st.sampled_from([f"</{tag.split()[0]}>" for tag in TAGS]),
        st.sampled_from(
            ["woord", " ", "\n", "- punt", "1. een", "&amp;", "&#1;", "&nbsp;", "😀", "<"]
        ),
        st.text(max_size=5),
    ),
    max_size=40,
).map("".join)

typed = st.lists(
    st.one_of(
        st.sampled_from(
            ["- ", "1. ", "2. ", "  ", "\n", "\n\n", "\t", "\r\n", "woord", "<b>", " "]
        ),
        st.text(max_size=6),
    ),
    max_size=40,
).map("".join)


@pytest.mark.parametrize(
    ("given_html", "expected"),
    [
        ("<div>een<br>twee</div>", "<p>een<br>twee</p>"),
        ("<div>een<br><br>twee</div>", "<p>een</p><p>twee</p>"),
        ("los <b>vet</b> en <i>cursief</i>", "<p>los <strong>vet</strong> en <em>cursief</em></p>"),
        ("<h1>Kop</h1><div><del>weg</del></div>", "<h3>Kop</h3><p><del>weg</del></p>"),
        ("<ul><li>a<ol><li>b</li></ol></li></ul>", "<ul><li>a<ol><li>b</li></ol></li></ul>"),
        ("<ol><li>a</li></ol><ol><li>b</li></ol>", "<ol><li>a</li></ol><ol><li>b</li></ol>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li>a<br>b</li></ul>"),
        ("<blockquote>citaat</blockquote>", "<blockquote><p>citaat</p></blockquote>"),
        ("<p>a</p><p>&nbsp;</p><p></p><p>b</p>", "<p>a</p><p>b</p>"),
        ("<script>alert(1)</script>a<style>x</style>", "<p>a</p>"),
        ("<p onclick='x' style='y'>a</p>", "<p>a</p>"),
        ("<a href='javascript:x'>a</a>", "<p>a</p>"),
        ("<a href='/binnen'>a</a>", "<p>a</p>"),
        ("<a href='mailto:a@b.be'>a</a>", '<p><a href="mailto:a@b.be">a</a></p>'),
        ("<table><tr><td>cel</td></tr></table>", "<p>cel</p>"),
        ("a\x00\x07\ud800\ufffeb", "<p>ab</p>"),
        ("", ""),
    ],
)
def test_html_is_made_safe_and_regular(given_html: str, expected: str) -> None:
    assert clean_html(given_html) == expected


def test_plain_text_with_lists_becomes_lists_and_comes_back() -> None:
    text = (
        "We vragen:\n\n- geld\n- tijd\n  en geduld\n  1. eerst\n  2. dan\n\n1. een\n2. twee\n\nDank"
    )
    html = plain_to_html(text)
    assert html == (
        "<p>We vragen:</p>"
        "<ul><li>geld</li><li>tijd<br>en geduld<ol><li>eerst</li><li>dan</li></ol></li></ul>"
        "<ol><li>een</li><li>twee</li></ol><p>Dank</p>"
    )
    assert html_to_plain(html) == text


def test_a_number_in_a_sentence_is_not_a_list() -> None:
    assert plain_to_html("2026. Een mooi jaar") == "<p>2026. Een mooi jaar</p>"


def test_markup_in_plain_text_stays_text() -> None:
    assert plain_to_html("<b>&") == "<p>&lt;b&gt;&amp;</p>"


def test_a_link_is_told_in_plain_text() -> None:
    html = '<p>Zie <a href="https://x.be">de site</a> of <a href="mailto:a@b.be">a@b.be</a></p>'
    assert html_to_plain(html) == "Zie de site (https://x.be) of a@b.be"


@pytest.mark.parametrize(
    ("length", "expected"),
    [(100, "Een kop en een punt"), (12, "Een kop en…"), (2, "E…"), (1, "…"), (0, "")],
)
def test_an_excerpt_is_cut_between_words(length: int, expected: str) -> None:
    assert excerpt("<h3>Een kop</h3><ul><li>en <b>een</b> punt</li></ul>", length) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 20_000,
        "<ul><li>" * 12_500,
        "- x\n" * 25_000,
        "<b>" * 33_000,
        "<a" * 50_000,
        "مرحبا 😀 " * 12_500,
    ],
)
def test_a_hundred_thousand_characters_are_no_trouble(text: str) -> None:
    clean = clean_html(text)
    assert clean_html(clean) == clean
    html = plain_to_html(text)
    assert plain_to_html(html_to_plain(html)) == html


def test_words_stay_however_deep_they_are() -> None:
    deep = "<div>" * 1_000 + "diep" + "</div>" * 999 + "minder diep</div>"
    assert clean_html(deep) == "<p>diep</p><p>minder diep</p>"


@settings(max_examples=300, deadline=None)
@given(soup)
def test_any_html_is_cleaned_once_and_for_all(html: str) -> None:
    clean = clean_html(html)
    assert clean_html(clean) == clean
    used = set(re.findall(r"</?([a-z0-9]+)", clean))
    assert used <= {"p", "br", "strong", "em", "del", "ul", "ol", "li", "a", "h3", "blockquote"}
    assert "javascript" not in re.sub(r">[^<]*<", "><", clean)
    assert len(excerpt(html, 20)) <= 20


@settings(max_examples=500, deadline=None)
@given(st.one_of(typed, st.text(max_size=200)))
def test_plain_text_makes_the_round_trip(text: str) -> None:
    html = plain_to_html(text)
    assert clean_html(html) == html
    plain = html_to_plain(html)
    assert plain_to_html(plain) == html
    assert html_to_plain(plain_to_html(plain)) == plain


def test_the_points_of_a_numbered_list_are_parts() -> None:
    html = "<p>Het college:</p><ol><li>keurt goed<ul><li>a</li></ul></li><li>bezorgt</li></ol>"
    assert numbered_parts(html) == (
        "<p>Het college:</p><p>keurt goed</p><ul><li>a</li></ul>",
        "<p>bezorgt</p>",
    )
    assert numbered_parts("<p>Een.</p><p>Twee.</p>") == ("<p>Een.</p><p>Twee.</p>",)
    assert numbered_parts("") == ()
