"""Settings: one typed object, read from the environment (docs/instellingen.md lists them)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from overleg.lib.text import join_words

SHORTEST_SECRET = 32
DATABASES = frozenset({"postgresql+psycopg", "sqlite"})
REQUIRED = {
    "OVERLEG_BASE_URL": "het adres waarop mensen Overleg bezoeken",
    "OVERLEG_SMTP_URL": "de mailserver",
    "OVERLEG_MAIL_FROM": "de afzender van mails",
}
"""Without these, its key and its database, production does not start."""


class Mode(StrEnum):
    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


class SettingsError(Exception):
    """The environment misses a setting or holds one that cannot be read."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What differs between one installation and another."""

    mode: Mode
    secret_key: str = field(repr=False)
    database_url: str
    instance_path: Path
    base_url: str = "http://localhost:8000"
    smtp_url: str = ""
    mail_from: str = "overleg@localhost"
    calendar_address: str = ""
    imap_url: str = field(default="", repr=False)
    redis_url: str = field(default="", repr=False)
    max_annex_bytes: int = 25 * 1024 * 1024
    calendar_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    https: bool = False
    count_statements: bool = False

    @property
    def organizer(self) -> str:
        """The mailbox that invites, and to which calendars answer."""
        return self.calendar_address or self.mail_from

    @property
    def max_files_bytes(self) -> int:
        """How much all files of one form may be together."""
        return 3 * self.max_annex_bytes

    @property
    def is_demo(self) -> bool:
        return self.mode is Mode.DEMO


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read the settings from the environment.

    Raises ``SettingsError`` when one can't be read, or is missing outside demo and tests.
    """
    try:
        mode = Mode(environ.get("OVERLEG_MODE", "production"))
    except ValueError:
        raise SettingsError("OVERLEG_MODE is production, demo of test.") from None
    if mode is Mode.PRODUCTION:
        _check_required(environ)
    instance = Path(environ.get("OVERLEG_INSTANCE", "instance")).resolve()
    port = environ.get("PORT", "8000")
    return Settings(
        mode=mode,
        secret_key=_secret_key(environ, mode, instance),
        database_url=_database_url(environ, mode, instance),
        instance_path=instance,
        base_url=environ.get("OVERLEG_BASE_URL", f"http://localhost:{port}").rstrip("/"),
        smtp_url=environ.get("OVERLEG_SMTP_URL", ""),
        mail_from=environ.get("OVERLEG_MAIL_FROM", "overleg@localhost"),
        calendar_address=environ.get("OVERLEG_CALENDAR_ADDRESS", "").strip(),
        imap_url=_mailbox(environ.get("OVERLEG_IMAP_URL", "").strip()),
        redis_url=_redis(environ.get("OVERLEG_REDIS_URL", "").strip()),
        max_annex_bytes=_count(environ, "OVERLEG_MAX_ANNEX_MB", 25) * 1024 * 1024,
        calendar_networks=_networks(environ.get("OVERLEG_CALENDAR_NETWORKS", "")),
        https=environ.get("OVERLEG_BASE_URL", "").startswith("https://"),
        count_statements=environ.get("OVERLEG_COUNT_STATEMENTS") == "1",
    )


def _check_required(environ: Mapping[str, str]) -> None:
    missing = [
        f"{name} ({what})" for name, what in REQUIRED.items() if not environ.get(name, "").strip()
    ]
    if missing:
        raise SettingsError(f"Geef {join_words(missing)}: zonder start productie niet.")


def _secret_key(environ: Mapping[str, str], mode: Mode, instance: Path) -> str:
    key = environ.get("OVERLEG_SECRET_KEY", "").strip()
    if mode is Mode.PRODUCTION and len(key) < SHORTEST_SECRET:
        raise SettingsError(
            "Geef OVERLEG_SECRET_KEY: een willekeurige tekst van minstens "
            f"{SHORTEST_SECRET} tekens."
        )
    if key or mode is Mode.TEST:
        return key or secrets.token_hex(32)
    return _kept_key(instance / "secret-key")


def _kept_key(file: Path) -> str:
    """The demo's own key, made once, so that a restart keeps people signed in."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32))
    return file.read_text().strip()


def _database_url(environ: Mapping[str, str], mode: Mode, instance: Path) -> str:
    url = environ.get("DATABASE_URL", "").strip()
    if not url:
        if mode is Mode.PRODUCTION:
            raise SettingsError(
                "Geef DATABASE_URL, bijvoorbeeld sqlite:////var/lib/overleg/overleg.db."
            )
        return f"sqlite:///{instance / 'overleg.db'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            url = "postgresql+psycopg://" + url.removeprefix(prefix)
    try:
        is_known = make_url(url).drivername in DATABASES
    except (ArgumentError, ValueError):
        is_known = False
    if not is_known:
        raise SettingsError(
            "DATABASE_URL ziet eruit als postgresql://gebruiker:wachtwoord@host/naam of "
            "sqlite:////pad/overleg.db."
        )
    return url


def _mailbox(url: str) -> str:
    """The address of a mailbox, or nothing; what is refused is not repeated: it has a password."""
    try:
        parts = urlsplit(url)
        named = parts.hostname and parts.username and parts.port != 0
        is_whole = parts.scheme in {"imap", "imaps"} and bool(named)
    except ValueError:
        is_whole = False
    if url and not is_whole:
        raise SettingsError(
            "OVERLEG_IMAP_URL ziet eruit als imaps://gebruiker:wachtwoord@host/INBOX."
        )
    return url


def _redis(url: str) -> str:
    """The address of a Redis server, or nothing; what is refused is not repeated."""
    try:
        parts = urlsplit(url)
        named = parts.path if parts.scheme == "unix" else parts.hostname and parts.port != 0
        is_whole = parts.scheme in {"redis", "rediss", "unix"} and bool(named)
    except ValueError:
        is_whole = False
    if url and not is_whole:
        raise SettingsError(
            "OVERLEG_REDIS_URL ziet eruit als redis://gebruiker:wachtwoord@host:6379/0, "
            "rediss://... of unix:///pad/redis.sock."
        )
    return url


def _count(environ: Mapping[str, str], name: str, default: int) -> int:
    """A whole number above nought."""
    try:
        count = int(environ.get(name, default))
    except ValueError:
        count = 0
    if count < 1:
        raise SettingsError(f"{name} moet een geheel getal van minstens 1 zijn.")
    return count


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError:
        raise SettingsError(
            "OVERLEG_CALENDAR_NETWORKS is een lijst van netwerken, bijvoorbeeld 10.0.0.0/8."
        ) from None
