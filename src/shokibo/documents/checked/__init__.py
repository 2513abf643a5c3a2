"""A ledger's own workbook with its findings marked and everything else unchanged."""
