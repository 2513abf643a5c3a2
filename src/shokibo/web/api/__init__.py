"""The API: the ledger's tables, judgements, forms, plan and budget, for programs."""
