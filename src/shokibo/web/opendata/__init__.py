"""Aggregate tables that an office publishes for everybody."""
