"""Answers that a browser saves as a file."""

from io import BytesIO

from flask import Response, send_file

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def word_file(content: bytes, name: str) -> Response:
    """A Word file to save under ``name`` (RFC 6266); never kept by a cache."""
    return send_file(
        BytesIO(content), mimetype=WORD, as_attachment=True, download_name=name, max_age=None
    )


def excel_file(content: bytes, name: str) -> Response:
    """An Excel file to save under ``name``; never kept by a cache."""
    return send_file(
        BytesIO(content), mimetype=EXCEL, as_attachment=True, download_name=name, max_age=None
    )
