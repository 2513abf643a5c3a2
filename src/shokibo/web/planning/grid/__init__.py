"""The plan as it is typed: a row per row of the ledger, an input per cell, and its figures."""
