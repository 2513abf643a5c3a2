"""Run a command with a PostgreSQL server of its own: `python -m scripts.with_postgresql CMD…`.

The server lives in a temporary folder, listens on a socket there, and is gone afterwards.
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
from pathlib import Path


def binaries() -> Path:
    """Find the server's programs. Raises SystemExit where PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        sys.exit("PostgreSQL is not installed: sudo apt-get install postgresql")
    return found[-1].parent


@contextmanager
def postgresql() -> Iterator[str]:
    """Start a server; give the address of its database."""
    programs = binaries()
    folder = Path(tempfile.mkdtemp(prefix="shokibo-pg-"))
    owner = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
    if os.getuid() == 0:
        shutil.chown(folder, owner)
    as_owner = ["runuser", "-u", owner, "--"] if os.getuid() == 0 else []
    data = folder / "data"

    def run(*command: str | Path) -> None:
        subprocess.run(  # noqa: S603
            [*as_owner, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/"
        )

    run(programs / "initdb", "-D", data, "-U", "shokibo", "-A", "trust", "--no-sync", "-E", "UTF8")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=200"
    run(programs / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
    try:
        yield f"postgresql://shokibo@{str(folder).replace('/', '%2F')}/postgres"
    finally:
        run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Run the command given with DATABASE_URL set, and end as it ended."""
    with postgresql() as address:
        done = subprocess.run(  # noqa: S603
            sys.argv[1:], env={**os.environ, "DATABASE_URL": address}, check=False
        )
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
