"""The command ``overleg dates import``: what an .ics file says, and keeping it."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import click
from flask import Flask
from sqlalchemy import select

from overleg.audit.states import Verb
from overleg.audit.workflow import System, record
from overleg.calendars.foreign.importing import AHEAD, TakenOver, read_source
from overleg.calendars.foreign.reading import ReadDate, Reading, RefusedEvent, read_calendar
from overleg.calendars.foreign.sifting import NotACalendar
from overleg.db import new_id, session
from overleg.documents.views import file_store
from overleg.documents.workflow import add_stored_file, receive
from overleg.lib.dates import BRUSSELS, format_span, format_weekday_date, local_date
from overleg.lib.errors import Refused
from overleg.organisations.models import Body
from overleg.scheduling.models import DateSource
from overleg.scheduling.states import SourceKind
from overleg.web import clock


def dates_command(application: Callable[[], Flask]) -> click.Group:
    """The commands about other bodies' dates, in the database of ``application()``."""

    @click.group()
    def dates() -> None:
        """Data van andere overleggen."""

    @dates.command("import")
    @click.argument("slug")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--json", "as_json", is_flag=True, help="Schrijf JSON.")
    @click.option("--dry-run", is_flag=True, help="Lees alleen; bewaar niets.")
    def import_dates(slug: str, file: Path, *, as_json: bool, dry_run: bool) -> None:
        """Lees de data van een overleg uit een .ics-bestand."""
        with application().app_context():
            now = clock.now()
            body = session().scalar(select(Body).where(Body.slug == slug))
            if body is None:
                _stop(f"Er is geen overleg met het adres {slug}.")
            try:
                reading = read_calendar(file.read_bytes(), until=local_date(now + AHEAD))
                kept = None if dry_run else _keep(body, file, now)
            except (NotACalendar, Refused) as told:
                _stop(str(told))
            session().commit()
        click.echo(_as_json(slug, reading, kept) if as_json else _as_text(reading, kept))

    return dates


def _keep(body: Body, file: Path, now: datetime) -> TakenOver:
    """Keep the file and its dates. Raises ``Refused`` for a file that is not accepted."""
    with file.open("rb") as content:
        received = receive(file_store(), file.name, content)
    source = DateSource(
        id=new_id(),
        body=body,
        kind=SourceKind.FILE,
        label=received.name,
        file=add_stored_file(received, by=None, now=now),
        added_by_name=System.name,
        added_at_utc=now,
    )
    session().add(source)
    session().flush()
    record(Verb.SOURCE_ADDED, source, by=System(), now=now)
    return read_source(source, file.read_bytes(), now=now)


def _stop(why: str) -> NoReturn:
    click.echo(why, err=True)
    sys.exit(1)


def _as_json(slug: str, reading: Reading, kept: TakenOver | None) -> str:
    answer = {
        "body": slug,
        "calendar": reading.name,
        "dates": [_date_as_json(found) for found in reading.dates],
        "refused": [_refused_as_json(refused) for refused in reading.refused],
        "kept": asdict(kept) if kept is not None else None,
        "dry_run": kept is None,
    }
    return json.dumps(answer, ensure_ascii=False, indent=2)


def _date_as_json(found: ReadDate) -> dict[str, Any]:
    return {
        "uid": found.uid,
        "occurrence": found.occurrence,
        "title": found.title,
        "start": found.starts_at.astimezone(BRUSSELS).isoformat(),
        "end": found.ends_at.astimezone(BRUSSELS).isoformat(),
        "all_day": found.is_all_day,
        "place": found.place,
        "state": found.state.value,
        "remark": found.remark,
    }


def _refused_as_json(refused: RefusedEvent) -> dict[str, Any]:
    return {
        "uid": refused.uid,
        "title": refused.title,
        "line": refused.at_line,
        "reason": refused.reason,
    }


def _as_text(reading: Reading, kept: TakenOver | None) -> str:
    lines = [
        f"{format_weekday_date(found.starts_at)}, "
        f"{'hele dag' if found.is_all_day else format_span(found.starts_at, found.ends_at)}, "
        f"{found.place or 'zonder plaats'}, {found.state.label}: {found.title}"
        for found in reading.dates
    ]
    lines += [
        f"Niet gelezen, regel {refused.at_line} ({refused.title or refused.uid}): {refused.reason}."
        for refused in reading.refused
    ]
    if kept is None:
        lines.append(f"{len(reading.dates)} data gelezen; niets bewaard.")
    else:
        lines.append(f"Bewaard: {kept.sentence or 'niets nieuws'}.")
    return "\n".join(lines)
