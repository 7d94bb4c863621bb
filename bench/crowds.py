"""Much of one kind: proposals that wait for an agenda, and texts to search in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import insert, text

from overleg.accounts.models import Person
from overleg.agenda.models import Dossier, Proposal
from overleg.agenda.states import Asked, ItemKind, ItemState, ProposalState
from overleg.db import db, new_id
from overleg.documents.states import Circle
from overleg.organisations.models import Body
from overleg.scheduling.models import Meeting
from overleg.search.states import Audience, Source

WORDS_OF_A_TEXT = 60
FIRST = """
    afval bos brand buurt cultuur deel dorps energie erf fiets geluids gemeente groen haven huis
    industrie jeugd kanaal kern klimaat land lucht markt mobiliteits natuur nood onderwijs ouderen
    park plattelands regio riool ruimte school speel sport stads stations toerisme tram veer
    veiligheids verkeers vrijwilligers water weg wijk woon zorg zwem
""".split()  # noqa: SIM905 - a list of words reads best as words
LAST = """
    aanpak actie advies akkoord beheer beleid bestek bijdrage budget bureau campagne cel centrum
    coach commissie controle dag data dienst dossier fonds gebied gids heffing hub kaart kamer
    kosten lijn locatie loket meter meting model net nota onderzoek overleg pad plan platform ploeg
    project punt raad regeling route scan subsidie tarief team toets traject vergunning visie
    voorziening werf werking wijzer zone
""".split()  # noqa: SIM905
VOCABULARY = sorted(
    (first + last for first in FIRST for last in LAST),
    key=lambda word: sha256(word.encode()).digest(),  # the same order each time, but any order
)
QUESTION = VOCABULARY[1600]
"""Stands in one text of a hundred; the words are used as unevenly as those of a language."""

POINTS = text(
    """
    INSERT INTO agenda_items (id, meeting_id, kind, position, section, is_closed, revision, title,
        explanation_html, submitter_label, asked, minutes_needed, circle, state, added_at_utc)
    SELECT 'b' || lpad(n::text, 15, '0'), (CAST(:meetings AS text[]))[1 + n % :spread], :kind, n,
        '', false, 1, 'Punt ' || n, '', '', :asked, 5, :circle, :state, :now
    FROM generate_series(1, :count) AS n
    """
)
# The outer row is named inside, so that each text gets words of its own.
TEXTS = text(
    """
    INSERT INTO search_entries (source, subject_id, meeting_id, body_id, circle, audience,
        happened_at_utc, year, anchor, digest, title, title_words, words, text)
    SELECT :source, item.id, item.meeting_id, :body, item.circle, :audience,
        meeting.starts_at_utc, meeting.year, '', md5(item.id), item.title,
        array_to_tsvector(ARRAY['punt']), array_to_tsvector(said.words),
        array_to_string(said.words, ' ')
    FROM agenda_items item JOIN meetings meeting ON meeting.id = item.meeting_id,
        LATERAL (
            SELECT array_agg(
                DISTINCT (CAST(:vocabulary AS text[]))[
                    1 + floor(power(random(), 3) * :vocabulary_size)
                ]
            ) AS words
            FROM generate_series(1, :words) WHERE item.id IS NOT NULL
        ) said
    WHERE item.meeting_id = ANY(CAST(:meetings AS text[]))
    """
)


def add_waiting(body: Body, count: int, by: Person, organisation_id: str, now: datetime) -> None:
    """So many validated proposals that stand on no agenda, each with its dossier."""
    dossiers = [new_id() for _ in range(count)]
    db.session.execute(
        insert(Dossier),
        [
            {"id": one, "title": f"Dossier {number}", "created_at_utc": now}
            for number, one in enumerate(dossiers, 1)
        ],
    )
    db.session.execute(
        insert(Proposal),
        [
            {
                "id": new_id(),
                "dossier_id": one,
                "body_id": body.id,
                "title": f"Voorstel {number} dat op een agenda wacht",
                "submitter_id": by.id,
                "created_by_id": by.id,
                "organisation_id": organisation_id,
                "state": ProposalState.VALIDATED,
                "created_at_utc": now,
                "changed_at_utc": now,
                "submitted_at_utc": now - timedelta(minutes=number),
            }
            for number, one in enumerate(dossiers, 1)
        ],
    )


def add_texts(meetings: Sequence[Meeting], count: int, now: datetime) -> None:
    """So many points over these meetings of one body, each with a text in the index."""
    named = {"meetings": [meeting.id for meeting in meetings]}
    db.session.execute(
        POINTS,
        {
            **named,
            "spread": len(meetings),
            "kind": ItemKind.OWN.value,
            "asked": Asked.DISCUSS.value,
            "circle": Circle.ADMINISTRATIONS.value,
            "state": ItemState.SCHEDULED.value,
            "now": now,
            "count": count,
        },
    )
    db.session.execute(text("SELECT setseed(0.5)"))
    db.session.execute(
        TEXTS,
        {
            **named,
            "source": Source.WORKING_ITEM.value,
            "audience": Audience.STEERING.value,
            "body": meetings[0].body_id,
            "vocabulary": VOCABULARY,
            "vocabulary_size": len(VOCABULARY),
            "words": WORDS_OF_A_TEXT,
        },
    )
