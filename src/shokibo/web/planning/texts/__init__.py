"""The plan's texts: written section by section, with the figures that they may name."""
