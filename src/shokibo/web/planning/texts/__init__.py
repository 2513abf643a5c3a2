"""The plan's texts: written section by section beside the figures that they may name."""
