"""Helpers of the project's own commands (see the Makefile)."""
