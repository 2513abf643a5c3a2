"""Tests of what a child guidance center records."""
