"""The engine holds against hostile text and tells a template's faults in Dutch."""

import io
import time
from dataclasses import replace

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overleg.word.contexts import AgendaPaper
from overleg.word.engine import render
from overleg.word.errors import TemplateFault
from overleg.word.papers import render_agenda
from tests.word.reading import number_id, opened, words
from tests.word.samples import AGENDA, NOW, SKATE_HTML

HOSTILE = (
    "{{ 7*7 }} {% for x in y %} {# geheim #} {_{ }_} {%p if z %} ]]> <script>alert(1)</script> "
    "& \" ' 😀 👩‍🚒 مرحبا שלום \u202e &#123; [[0:0]]"
)


def template(*paragraphs: str) -> bytes:
    """A plain Word file, as somebody makes it without our styles for lists."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rendered(*paragraphs: str, **context: object) -> bytes:
    """A plain template filled in."""
    return render(template(*paragraphs), context, title="T", author="A", now=NOW)


def test_what_people_type_stays_what_they_typed() -> None:
    item = replace(
        AGENDA.items[1], title=HOSTILE, submitter=HOSTILE, explanation_html=f"<p>{HOSTILE}</p>"
    )
    text = words(render_agenda(replace(AGENDA, items=(item,)), now=NOW))
    assert text.count(HOSTILE) == 4  # twice in the overview, in the heading and below it
    assert "{{ 7*7 }} {% for x in y %} {# geheim #} {_{ }_} {%p if z %} ]]> & \" ' 😀" in text


def test_characters_that_xml_refuses_are_left_out() -> None:
    blob = rendered(
        "{{ a }}|{{ richtext(b) }}", a="x\x00\x07\x0b\ud800\uffffy", b="<p>p\x00&#7;q</p>"
    )
    assert words(blob).strip() == "xy|pq"


def test_title_and_author_may_hold_anything() -> None:
    blob = render(template("x"), {}, title=HOSTILE + "\x00", author="\x07é" * 300, now=NOW)
    assert opened(blob).core_properties.title == HOSTILE


def test_line_breaks_in_a_value_stay_line_breaks() -> None:
    assert opened(rendered("{{ a }}", a="een\ntwee")).paragraphs[0].text == "een\ntwee"


def test_rich_text_after_words_goes_on_the_same_line() -> None:
    html = "<p>een <b>twee</b></p><ul><li>drie</li></ul>"
    blob = rendered("Artikel 1. {{ richtext(a) }} Einde.", "Volgt", a=html)
    assert words(blob).splitlines() == ["Artikel 1. een twee Einde.", "drie", "Volgt"]


def test_several_rich_texts_share_a_line() -> None:
    blob = rendered(
        "{{ richtext(a) }} en {{ link(b, c) }}.", a="<i>dit</i>", b="https://x.be", c="dat"
    )
    assert words(blob) == "dit en dat."


def test_empty_rich_text_takes_its_paragraph_away() -> None:
    blob = rendered("Voor", "{{ richtext(a) }}", "Na", a="<p> </p>")
    assert words(blob).splitlines() == ["Voor", "Na"]


@pytest.mark.parametrize(
    ("html", "left"), [("<p>een</p><ul><li>twee</li></ul>", ["een", "twee"]), ("", [""])]
)
def test_a_table_cell_keeps_the_paragraph_that_word_needs(html: str, left: list[str]) -> None:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "{{ richtext(a) }}"
    out = io.BytesIO()
    document.save(out)
    blob = render(out.getvalue(), {"a": html}, title="T", author="A", now=NOW)
    assert [p.text for p in opened(blob).tables[0].cell(0, 0).paragraphs] == left


def test_lists_work_in_a_template_without_our_lists() -> None:
    blob = rendered("{{ richtext(a) }}", a=SKATE_HTML)
    numbered = [p for p in opened(blob).paragraphs if number_id(p)]
    assert [p.text for p in numbered][:3] == [
        "Akkoord over de criteria:",
        "bereikbaar met de fiets",
        "minstens 2 hectare",
    ]
    assert len({number_id(p) for p in numbered}) == 3


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://x.be/a%zz[b]", ["https://x.be/a%25zz%5Bb%5D"]),
        ("https://x.be/é?q=%C3%A9", ["https://x.be/%C3%A9?q=%C3%A9"]),
        ("https://[x", []),
        ("https://x.be/" + "a" * 3000, []),
        ("javascript:alert(1)", []),
        ("mailto:a@b.be", ["mailto:a@b.be"]),
    ],
)
def test_addresses_that_word_refuses_become_plain_words(address: str, written: list[str]) -> None:
    blob = rendered("{{ link(a, 'hier') }}", a=address)
    paragraph = opened(blob).paragraphs[0]
    assert [link.address for link in paragraph.hyperlinks] == written
    assert paragraph.text == "hier"


@pytest.mark.parametrize(
    ("paragraph", "told"),
    [
        ("{{ onbekend }}", "een veld dat niet bestaat (onbekend)"),
        ("{{ a.onbekend }}", "een veld dat niet bestaat (onbekend)"),
        ("{{ richtext(onbekend) }}", "een veld dat niet bestaat (onbekend)"),
        ("{% for x in a %}", "onvolledige of verkeerd geschreven code"),
        ("{{ a", "onvolledige of verkeerd geschreven code"),
        ("{{ a|safe }}", "niet toegelaten is (safe)"),
        ("{{ a.upper() }}", "niet toegelaten"),
        ("{{ richtext.__self__ }}", "niet toegelaten"),
        ("{{ a|attr('__class__') }}", "niet toegelaten"),
        ("{{ a['__class__'] }}", "een veld dat niet bestaat (__class__)"),
        ("{{ range(1000000000) }}", "niet toegelaten"),
        ("{{ '%1000000000d' % 1 }}", "niet toegelaten"),
        ("{{ a|center(1000000000) }}", "niet toegelaten"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "niet toegelaten is (macro)"),
        ("{% for x in a recursive %}{% endfor %}", "niet toegelaten is (recursive)"),
        ("{{ a.__class__.__mro__ }}", "niet toegelaten"),
        ("{{ ''.__class__ }}", "niet toegelaten"),
        ("{{ a * 1000000000 }}", "niet toegelaten"),
        ("{{ a + 1 }}", "op een manier die niet kan"),
        ("{% for x in 5 %}{% endfor %}", "op een manier die niet kan"),
        ("{% include 'x' %}", "niet toegelaten is (include)"),
    ],
)
def test_a_fault_in_a_template_is_told_in_dutch(paragraph: str, told: str) -> None:
    with pytest.raises(TemplateFault, match="Het sjabloon") as fault:
        rendered("Voor", paragraph, "Na", a="x")
    assert told in str(fault.value)


@pytest.mark.parametrize("blob", [b"", b"geen zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_word_file_is_refused(blob: bytes) -> None:
    with pytest.raises(TemplateFault, match="geen leesbaar Word-bestand"):
        render(blob, {}, title="T", author="A", now=NOW)


def test_thirty_items_with_rich_text_stay_fast() -> None:
    plain = replace(AGENDA, items=(replace(AGENDA.items[1], explanation_html=""),) * 30)
    rich = replace(AGENDA, items=(AGENDA.items[1],) * 30)
    render_agenda(plain, now=NOW)

    def fastest(paper: AgendaPaper) -> float:
        times = []
        for _ in range(3):
            started = time.thread_time()  # of this thread alone: others may keep the machine busy
            render_agenda(paper, now=NOW)
            times.append(time.thread_time() - started)
        return min(times)

    assert fastest(rich) < 5 * fastest(plain)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_gives_a_readable_file(plain: str, html: str) -> None:
    assert opened(rendered("{{ a }}", "{{ richtext(b) }}", a=plain, b=html)) is not None
