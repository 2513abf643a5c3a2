"""Run a command with its own PostgreSQL server: `python -m scripts.with_postgresql CMD…`.

The server lives in a temporary folder, listens on a socket there, and is removed afterwards.
PostgreSQL refuses to run as root; then it runs as the system's user postgres.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


def binaries() -> Path:
    """Find the server's programs. Raises SystemExit if PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        sys.exit("PostgreSQL is not installed: sudo apt-get install postgresql")
    return found[-1].parent


@dataclass
class Server:
    """A server of one's own in a temporary folder."""

    folder: Path
    owner: str

    @property
    def address(self) -> str:
        """The address of its database."""
        return f"postgresql://shokibo@{str(self.folder).replace('/', '%2F')}/postgres"

    def make(self) -> None:
        """Make its files."""
        how = ["-U", "shokibo", "-A", "trust", "--no-sync", "-E", "UTF8"]
        self._run("initdb", "-D", self.folder / "data", *how)

    def start(self) -> None:
        """Start it, and wait until it responds."""
        unsafe = "-c fsync=off -c full_page_writes=off"  # if the machine fails; commits are written
        options = f"-k {self.folder} -c listen_addresses='' {unsafe} -c max_connections=200"
        self._control("-o", options, "-l", self.folder / "log", "-w", "start")

    def stop(self) -> None:
        """Stop it at once, whoever is connected."""
        self._control("-m", "immediate", "stop")

    def _control(self, *how: str | Path) -> None:
        self._run("pg_ctl", "-D", self.folder / "data", *how)

    def _run(self, program: str, *how: str | Path) -> None:
        as_owner = ["runuser", "-u", self.owner, "--"] if os.getuid() == 0 else []
        command = [*as_owner, str(binaries() / program), *map(str, how)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")  # noqa: S603


@contextmanager
def server() -> Iterator[Server]:
    """Start a server; remove it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="shokibo-pg-"))
    made = Server(folder, "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name)
    if os.getuid() == 0:
        shutil.chown(folder, made.owner)
    made.make()
    made.start()
    try:
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgresql() -> Iterator[str]:
    """Start a server; return the address of its database."""
    with server() as started:
        yield started.address


def main() -> None:
    """Run the command given with DATABASE_URL set, and end as it ended."""
    with postgresql() as address:
        done = subprocess.run(  # noqa: S603
            sys.argv[1:], env={**os.environ, "DATABASE_URL": address}, check=False
        )
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
