"""The command line: parse arguments, call, print. It calculates nothing."""

from shokibo.cli.app import main

__all__ = ["main"]
