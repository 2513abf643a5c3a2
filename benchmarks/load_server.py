"""The server under load: `shokibo serve` in a process of its own, watched from outside."""

import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from urllib.error import URLError

from benchmarks.measure import KIB_IN_MB, ROOT
from benchmarks.start import SHOKIBO

HOST = "127.0.0.1"
TO_START = 60
CLOCK_TICKS = 100


@dataclass(frozen=True)
class Server:
    """A server that runs: its port, and the process that started its workers."""

    port: int
    process: "subprocess.Popen[bytes]"

    def workers(self) -> list[int]:
        """Return its workers' process ids."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(each) for each in listed.split()]

    def peak_mb(self) -> float:
        """Read the peak memory of its largest worker."""
        return max(_status(worker, "VmHWM") for worker in self.workers()) / KIB_IN_MB

    def threads(self) -> int:
        """Return how many threads all its workers have."""
        return sum(_status(worker, "Threads") for worker in self.workers())

    def busy_seconds(self) -> float:
        """Return its workers' CPU time in seconds."""
        return sum(_ticks(worker) for worker in self.workers()) / CLOCK_TICKS


def _status(process: int, name: str) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def _ticks(process: int) -> int:
    after_name = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(after_name[11]) + int(after_name[12])


@contextmanager
def serving(settings: Mapping[str, str]) -> Iterator[Server]:
    """Start the server at a free port; stop it afterwards."""
    port = _free_port()
    command = (SHOKIBO, "serve", "--host", HOST, "--port", str(port))
    with TemporaryFile() as output:
        process = subprocess.Popen(command, env=settings, cwd=ROOT, stdout=output, stderr=output)
        try:
            _wait_for(port, process)
            yield Server(port, process)
        except Exception as failure:
            output.seek(0)
            failure.add_note(output.read().decode())
            raise
        finally:
            process.terminate()
            process.wait()


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind((HOST, 0))
        return int(tried.getsockname()[1])


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait until it answers. Raises RuntimeError if it ended, TimeoutError if it does not."""
    until = time.monotonic() + TO_START
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError("the server ended before it answered")
        try:
            urllib.request.urlopen(f"http://{HOST}:{port}/health/", timeout=TO_START).close()
        except URLError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError
