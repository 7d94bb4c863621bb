"""The look: contrast of every colour, icons that exist, files fetched only when needed."""

import re
from pathlib import Path

import pytest

from tools import vendor

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "overleg" / "static" / "css"
TEMPLATES = ROOT / "templates"
COLOURS = ("petrol", "forest", "indigo", "plum", "brick", "slate")
TONES = ("ok", "warn", "bad", "info", "neutral")
NORMAL_TEXT = 4.5  # WCAG 2.2, success criterion 1.4.3
BOUNDARY = 3.0  # WCAG 2.2, success criterion 1.4.11


def _luminance(colour: str) -> float:
    """Relative luminance of ``#rgb`` or ``#rrggbb``, as WCAG defines it."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _tokens(colour: str, *, dark: bool) -> dict[str, str]:
    """The custom properties of base.css as a page with this colour sees them."""
    light_part, dark_part = (CSS / "base.css").read_text("utf-8").split("@media", 2)[:2]
    found: dict[str, str] = {}
    for part in (light_part, dark_part) if dark else (light_part,):
        for selector, body in re.findall(r"(:root|\[data-colour=\"\w+\"\]) \{([^}]*)\}", part):
            if selector == ":root" or f'"{colour}"' in selector:
                found.update(re.findall(r"(--[\w-]+):\s*(#\w+)", body))
    return found


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("colour", COLOURS)
def test_every_colour_reads_well(colour: str, dark: bool) -> None:
    tokens = _tokens(colour, dark=dark)
    pairs = [("--ink", ground) for ground in ("--ground", "--surface", "--sunken")]
    pairs += [("--ink-soft", ground) for ground in ("--ground", "--surface", "--sunken")]
    pairs += [("--region", ground) for ground in ("--ground", "--surface", "--region-ground")]
    pairs += [("--region-strong", ground) for ground in ("--surface", "--region-ground")]
    pairs += [("--on-region", "--region"), ("--on-region", "--region-strong")]
    pairs += [(f"--{tone}", f"--{tone}-ground") for tone in TONES]
    pairs += [(f"--{tone}", ground) for tone in TONES for ground in ("--ground", "--surface")]
    poor = {
        pair: round(ratio, 2)
        for pair in pairs
        if (ratio := _contrast(tokens[pair[0]], tokens[pair[1]])) < NORMAL_TEXT
    }
    assert not poor
    assert _contrast("#fff", tokens["--bar"]) >= NORMAL_TEXT
    assert _contrast(tokens["--line-strong"], tokens["--surface"]) >= BOUNDARY
    assert _contrast(tokens["--line-strong"], tokens["--ground"]) >= BOUNDARY


def test_no_template_names_a_colour_of_a_region() -> None:
    """Which one a page without a region has, only the style sheet says."""
    named = re.compile(rf"\b({'|'.join(COLOURS)})\b")
    assert not [page.name for page in TEMPLATES.rglob("*.html") if named.search(page.read_text())]


def test_every_icon_named_in_a_template_is_in_the_sprite() -> None:
    named = {
        (name, page.name)
        for page in TEMPLATES.rglob("*.html")
        for name in re.findall(r"\bicon\(\s*\"([a-z0-9-]+)\"", page.read_text("utf-8"))
    }
    assert named
    assert not {(name, page) for name, page in named if name not in vendor.ICONS}


def test_every_look_of_a_state_is_in_the_sprite() -> None:
    labels = (TEMPLATES / "components" / "labels.html").read_text("utf-8")
    looks = re.findall(r"\(\"(\w+)\", \"([a-z0-9-]+)\"\)", labels)
    assert {tone for tone, _ in looks} <= set(TONES)
    assert {icon for _, icon in looks} <= set(vendor.ICONS)


def test_no_template_and_no_script_carries_style_or_code_of_its_own() -> None:
    for page in TEMPLATES.rglob("*.html"):
        if "mail" in page.relative_to(TEMPLATES).parts:
            continue
        text = page.read_text("utf-8")
        assert not re.search(r"\sstyle=|\son[a-z]+=\"|<style|<script(?![^>]*\bsrc=)", text), page


def _installation(root: Path) -> Path:
    """A folder as npm leaves it, with the smallest possible files."""
    (root / "package-lock.json").write_text("{}")
    for source in vendor.FILES:
        file = root / vendor.MODULES / source
        file.parent.mkdir(parents=True)
        file.write_text("text\n//# sourceMappingURL=gone.map")
    icons = root / vendor.MODULES / "bootstrap-icons" / "icons"
    icons.mkdir(parents=True)
    for name in vendor.ICONS:
        (icons / f"{name}.svg").write_text(
            f'<svg viewBox="0 0 16 16">\n  <path d="{name}"/>\n</svg>'
        )
    return root


def test_files_are_copied_once_and_again_when_the_lock_changes(tmp_path: Path) -> None:
    root = _installation(tmp_path)
    assert not vendor.is_current(root)
    vendor.copy(root)
    assert vendor.is_current(root)
    assert not vendor.is_current(root, dev=True), "the files for the tests are not there"
    (root / "package-lock.json").write_text('{"changed": true}')
    assert not vendor.is_current(root)


def test_a_missing_file_is_fetched_again(tmp_path: Path) -> None:
    root = _installation(tmp_path)
    vendor.copy(root)
    (root / "overleg" / "static" / "vendor" / "icons.svg").unlink()
    assert not vendor.is_current(root)


def test_the_sprite_has_a_symbol_per_icon_and_no_source_maps_are_named(tmp_path: Path) -> None:
    root = _installation(tmp_path)
    vendor.copy(root)
    files = root / "overleg" / "static" / "vendor"
    sprite = (files / "icons.svg").read_text()
    assert '<symbol id="house" viewBox="0 0 16 16"><path d="house"/></symbol>' in sprite
    assert sprite.count("<symbol") == len(vendor.ICONS)
    assert "sourceMappingURL" not in (files / "Sortable.min.js").read_text()


def test_an_unknown_icon_is_refused_by_name(tmp_path: Path) -> None:
    icons = _installation(tmp_path) / vendor.MODULES / "bootstrap-icons" / "icons"
    with pytest.raises(vendor.VendorError, match="geen-icoon"):
        vendor.sprite(icons, ["house", "geen-icoon"])


def test_a_given_npm_command_is_used_as_given() -> None:
    assert vendor.npm_command("/opt/node/bin/npm --silent") == ["/opt/node/bin/npm", "--silent"]


def test_new_icons_need_no_network(tmp_path: Path) -> None:
    root = _installation(tmp_path)
    assert not vendor.is_fetched(root)
    vendor.fetch(root, ["true"])
    assert vendor.is_fetched(root)
    assert not vendor.is_fetched(root, dev=True)
    (root / "package-lock.json").write_text('{"changed": true}')
    assert not vendor.is_fetched(root)


def test_npm_that_fails_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(vendor.VendorError, match="netwerk"):
        vendor.fetch(tmp_path, ["false"])
