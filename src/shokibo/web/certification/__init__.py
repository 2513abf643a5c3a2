"""Applications, their examination and decision."""
