"""Measurements of speed and memory, each beside a peer or a reference of the same run."""
