"""A table of the ledger as one sheet: a row per row, an input per cell, saved all or not at all."""
