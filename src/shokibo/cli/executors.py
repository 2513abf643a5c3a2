"""Where divisible work runs: in this process, in several, or on a cluster."""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from shokibo.cli.options import ArgumentError
from shokibo.texts import Language, Text

_WAIT = "5s"
"""How long a cluster may take to answer."""
_ONE_WAY = Text(
    "--workers と --scheduler は、どちらか一つだけ指定してください。",
    "Give either --workers or --scheduler.",
)
_NO_DASK = Text(
    "--scheduler を使うには、追加の部品が要ります:pip install 'shokibo[cluster]'",
    "--scheduler needs an extra part: pip install 'shokibo[cluster]'",
)
_NO_ANSWER = Text(
    "スケジューラー {address} につながりません。動いているか、アドレスが正しいか確かめてください。",
    "The scheduler {address} can't be reached; is it running, and is the address right?",
)


@contextmanager
def executor_of(
    workers: int | None, scheduler: str | None, language: Language
) -> Iterator[Executor | None]:
    """Yield the executor of the work's parts; None if this process does it alone.

    Raises ArgumentError for a cluster that can't be used.
    """
    if workers and scheduler:
        raise ArgumentError(_ONE_WAY.say(language))
    if scheduler:
        with _cluster(scheduler, language) as executor:
            yield executor
    elif workers and workers > 1:
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        spawn = multiprocessing.get_context("spawn")  # a fork would copy Polars' threads
        with ProcessPoolExecutor(workers, mp_context=spawn) as executor:
            yield executor
    else:
        yield None


@contextmanager
def _cluster(address: str, language: Language) -> Iterator[Executor]:
    try:
        from distributed import Client
        from distributed.comm import get_address_host_port
    except ImportError as error:
        raise ArgumentError(_NO_DASK.say(language)) from error
    try:
        get_address_host_port(address)  # a client for an address without a port never ends
        client = Client(address, timeout=_WAIT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ArgumentError(_NO_ANSWER.say(language, address=address)) from error
    with client:
        yield client.get_executor(pure=False)
