"""The plan as it is typed: a row a row of the ledger, an input a cell, and its figures."""
