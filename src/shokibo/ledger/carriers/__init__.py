"""The carriers a ledger travels in: a workbook, a folder of CSV files, of Parquet files."""
