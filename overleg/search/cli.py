"""The command ``overleg search``: what somebody would find, and making the index anew."""

import json
import sys
from collections.abc import Callable

import click
from flask import Flask
from sqlalchemy import func, select

from overleg.accounts.models import Person
from overleg.db import session
from overleg.documents.views import file_store
from overleg.lib.words import read_question
from overleg.mail.links import absolute_url
from overleg.organisations.viewer import viewer_for
from overleg.search.models import FileText, SearchEntry
from overleg.search.queries import Choice, find
from overleg.search.showing import Hit, shown
from overleg.search.workflow.rebuilding import rebuild_index
from overleg.web import clock


def search_command(application: Callable[[], Flask]) -> click.Command:
    """The command that searches in the database of ``application()`` as somebody."""

    @click.command()
    @click.argument("words", nargs=-1)
    @click.option("--as", "email", help="E-mailadres van wie zoekt.")
    @click.option("--page", default=1, show_default=True, help="Bladzijde met resultaten.")
    @click.option("--json", "as_json", is_flag=True, help="Schrijf JSON.")
    @click.option("--rebuild", is_flag=True, help="Maak de zoekindex helemaal opnieuw.")
    def search(
        words: tuple[str, ...], email: str | None, page: int, *, as_json: bool, rebuild: bool
    ) -> None:
        """Zoek als iemand, met wat die persoon mag lezen, of maak de zoekindex opnieuw."""
        app = application()
        if rebuild:
            click.echo(_rebuild(app))
        if words:
            if email is None:
                raise click.UsageError("Zeg als wie u zoekt: --as <e-mailadres>.")
            click.echo(_search(app, " ".join(words), email, max(1, page), as_json=as_json))
        elif not rebuild:
            raise click.UsageError("Geef woorden om te zoeken, of --rebuild.")

    return search


def _rebuild(app: Flask) -> str:
    with app.app_context():
        changed = 0
        for count in rebuild_index(file_store(), now=clock.now()):
            changed += count
            session().commit()
        entries = session().scalar(select(func.count()).select_from(SearchEntry))
        states = session().execute(
            select(FileText.state, func.count()).group_by(FileText.state).order_by(FileText.state)
        )
        files = [f"  bijlagen, {state.label}: {count}" for state, count in states]
    return "\n".join([f"{entries} teksten doorzoekbaar, {changed} bijgewerkt.", *files])


def _search(app: Flask, words: str, email: str, page: int, *, as_json: bool) -> str:
    with app.test_request_context():
        person = session().scalar(
            select(Person).where(
                func.lower(Person.email) == email.strip().lower(),
                Person.disabled_at_utc.is_(None),
            )
        )
        if person is None:
            click.echo(f"Niemand meldt zich aan als {email}.", err=True)
            sys.exit(1)
        choice = Choice(read_question(words), page=page)
        found = find(viewer_for(person, clock.today()), choice)
        hits = [shown(entry, choice.asked) for entry in found.entries]
        if as_json:
            answer = {
                "words": words,
                "as": person.email,
                "total": found.total,
                "page": found.page,
                "pages": found.pages,
                "hits": [_as_json(hit) for hit in hits],
            }
            return json.dumps(answer, ensure_ascii=False, indent=2)
        lines = [f"{hit.kind.label}: {hit.plain_title} ({hit.day})\n  {hit.url}" for hit in hits]
        return "\n".join([f"{found.total} gevonden.", *lines])


def _as_json(hit: Hit) -> dict[str, str]:
    return {
        "kind": hit.kind.value,
        "title": hit.plain_title,
        "body": hit.body_name,
        "when": hit.day,
        "circle": hit.circle.value,
        "url": absolute_url(hit.url),
        "snippet": hit.plain_snippet,
        "remark": hit.remark,
    }
