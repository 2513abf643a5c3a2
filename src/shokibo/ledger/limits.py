"""How large an input may be: bounds that no real ledger reaches and a hostile file does."""

MAX_FILE_BYTES = 200_000_000
MAX_UNPACKED_BYTES = 1_000_000_000
MAX_SHEET_BYTES = 400_000_000
MAX_ARCHIVE_ENTRIES = 2_000
MAX_SHEET_CELLS = 40_000_000
MAX_ROWS = 2_000_000
