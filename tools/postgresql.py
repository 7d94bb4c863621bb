"""A PostgreSQL server of one's own: in a temporary folder, on a socket, gone afterwards.

For the tests and the benchmark. Nothing in it survives, so it does not wait for the disk.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
from psycopg import sql

INSTALLED_BY_DEBIAN = Path("/usr/lib/postgresql")
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_connections": "200",
    "jit": "off",
    # In its own folder: elsewhere it stays behind when the server is stopped at once.
    "dynamic_shared_memory_type": "mmap",
}
OWNER = "overleg"


def find_binaries() -> Path | None:
    """Return the folder with `initdb` and `postgres`, the newest version first, if any."""
    on_path = shutil.which("postgres")
    candidates = [Path(on_path).resolve().parent] if on_path else []
    if INSTALLED_BY_DEBIAN.is_dir():
        versions = [path for path in INSTALLED_BY_DEBIAN.iterdir() if path.name.isdigit()]
        versions.sort(key=lambda path: int(path.name), reverse=True)
        candidates += [path / "bin" for path in versions]
    return next((path for path in candidates if (path / "initdb").exists()), None)


class PrivateServer:
    """A server: use it as a context manager, or start and stop it.

    With the folder of one that another process started, it is that one. Raises
    ``FileNotFoundError`` when PostgreSQL is not installed and
    ``subprocess.CalledProcessError`` when it does not start.
    """

    def __init__(self, folder: Path | None = None) -> None:
        binaries = find_binaries()
        if binaries is None:
            raise FileNotFoundError("PostgreSQL is not installed")
        self._binaries = binaries
        self._account = _account()
        self.folder = folder or Path(tempfile.mkdtemp(prefix="overleg-pg-"))

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Make it, and start it."""
        if self._account is not None:
            os.chown(self.folder, self._account.pw_uid, self._account.pw_gid)
        data = str(self.folder / "data")
        login = ("-U", OWNER, "-A", "trust")
        self._run("initdb", "-D", data, *login, "-E", "UTF8", "--locale=C.UTF-8", "-N")
        options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
        options += f" -c unix_socket_directories='{self.folder}'"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "-t", "60", "start")

    def stop(self) -> None:
        """Stop it at once, with what is connected to it, and take away what it held."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str) -> str:
        """Return the address of a database, for SQLAlchemy."""
        return f"postgresql+psycopg://{OWNER}@/{database}?host={self.folder}"

    def create_database(self, name: str, *, template: str = "template1") -> str:
        """Create a database as a copy of another, and return its address."""
        self._command(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Drop a database, also when something is still connected to it."""
        self._command(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _command(self, command: sql.Composed) -> None:
        with psycopg.connect(
            host=str(self.folder), user=OWNER, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(command)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._binaries / program), *arguments],
            check=True,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            user=self._account.pw_uid if self._account else None,
            group=self._account.pw_gid if self._account else None,
            extra_groups=[] if self._account else None,
        )


def _account() -> pwd.struct_passwd | None:
    """Return whom to run as: PostgreSQL refuses root. None is: as we are."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]
