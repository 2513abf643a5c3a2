"""A table of the ledger as one sheet: a row a row, an input a cell, saved all or not at all."""
