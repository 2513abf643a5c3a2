"""How large an input may be: bounds that no real ledger reaches, but a hostile file does.

The largest ledger, with all homes of the country, has 61,000 staff rows and 100,000 in all.
"""

MAX_FILE_BYTES = 200_000_000
MAX_UNPACKED_BYTES = 400_000_000
MAX_SHEET_BYTES = 200_000_000
MAX_ARCHIVE_ENTRIES = 2_000
MAX_SHEET_CELLS = 20_000_000
"""Rows x columns covered by a sheet, including blank cells."""
MAX_TEXT_BYTES = 1_000_000_000
"""The total length of a table's texts, each counted once for every cell that holds it."""
MAX_ROWS = 300_000
MAX_LEDGER_ROWS = 600_000
MAX_COLUMNS = 1_000
MAX_PROBLEMS = 2_000
"""The most problems of a reading that are listed; all are counted."""
MAX_ALIKE = 10_000
"""The most findings of one kind that are listed; a further one says how many more there are."""
