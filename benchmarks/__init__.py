"""Measurements of speed and memory, each compared with a peer or a reference of the same run."""
