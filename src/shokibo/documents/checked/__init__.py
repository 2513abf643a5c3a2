"""A ledger's own workbook with its findings marked; all else of it stays as it is."""
