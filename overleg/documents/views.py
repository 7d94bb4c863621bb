"""Giving out files. Who may have one is decided by the feature it belongs to."""

from flask import Blueprint, Flask, Response, current_app, request, send_file

from overleg.documents import returning
from overleg.documents.kinds import PDF, SHOWN_INLINE
from overleg.documents.models import StoredFile
from overleg.documents.states import Circle
from overleg.documents.workflow import FileStore
from overleg.lib.errors import NotFound
from overleg.settings import Settings

blueprint = Blueprint("documents", __name__)

NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
ATTACHMENT_POLICY = f"sandbox; {NOTHING}"
IMAGE_POLICY = f"sandbox; {NOTHING}; img-src 'self'; style-src 'unsafe-inline'"
# Chromium's own PDF viewer refuses a sandboxed answer; the file's scripts never run in our origin.
PDF_POLICY = f"{NOTHING}; object-src 'self'; style-src 'unsafe-inline'"


def file_store() -> FileStore:
    """Where this installation keeps files, and how large they may be."""
    settings: Settings = current_app.extensions["settings"]
    return FileStore(settings.instance_path / "files", settings.max_annex_bytes)


def asked_circle() -> Circle | None:
    """The circle for which a paper is asked (``?kring=openbaar``); None when the address has none.

    Raises ``NotFound`` for another word.
    """
    asked = request.args.get("kring", "")
    if not asked:
        return None
    found = next((circle for circle in Circle if circle.label == asked), None)
    if found is None:
        raise NotFound
    return found


def file_response(stored: StoredFile, *, inline_allowed: bool) -> Response:
    """A stored file as answer, with its own strict policy and its hash as ETag (304 when known).

    It is an attachment, except a PDF or image when ``inline_allowed``. The caller checked that it
    may be had. Raises ``NotFound`` when the bytes are gone.
    """
    inline = inline_allowed and stored.media_type in SHOWN_INLINE
    path = file_store().path_of(stored.sha256)
    if not path.is_file():
        raise NotFound(f"Het bestand “{stored.name}” is niet meer op te halen. Meld het.")
    response = send_file(
        path,
        mimetype=stored.media_type,
        as_attachment=not inline,
        download_name=stored.name,
        etag=stored.sha256,
        conditional=True,
        last_modified=stored.uploaded_at_utc,
    )
    policy = ATTACHMENT_POLICY
    if inline:
        policy = PDF_POLICY if stored.media_type == PDF else IMAGE_POLICY
    response.headers["Content-Security-Policy"] = policy
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def register(app: Flask) -> None:
    """Bind this package; it has no pages of its own."""
    app.register_blueprint(blueprint)
    returning.register(app)
