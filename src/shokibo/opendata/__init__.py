"""Aggregate tables for everybody: what they hold, what stays hidden, how they are written."""
