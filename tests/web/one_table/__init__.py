"""A table that the program does not have: declared in ledger and web, one model, one migration."""
