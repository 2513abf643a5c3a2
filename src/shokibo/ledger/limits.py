"""How large an input may be: bounds that no real ledger reaches and a hostile file does.

The largest ledger, that of all homes of the country, has 61,000 rows of staff and 100,000 in all.
"""

MAX_FILE_BYTES = 200_000_000
MAX_UNPACKED_BYTES = 400_000_000
MAX_SHEET_BYTES = 200_000_000
MAX_ARCHIVE_ENTRIES = 2_000
MAX_SHEET_CELLS = 20_000_000
"""Rows x columns over which a sheet reaches, blank cells too."""
MAX_TEXT_BYTES = 1_000_000_000
"""All texts of a table, each counted once for every cell that holds it."""
MAX_ROWS = 300_000
MAX_LEDGER_ROWS = 600_000
MAX_COLUMNS = 1_000
MAX_PROBLEMS = 2_000
"""So many problems of a reading are listed; all are counted."""
MAX_ALIKE = 10_000
"""So many findings of one kind are listed; one more says how many there are beyond."""
