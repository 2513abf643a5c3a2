"""The command line: parses arguments, calls, prints. It calculates nothing."""

from shokibo.cli.app import main

__all__ = ["main"]
