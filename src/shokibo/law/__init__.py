"""The rules: dated parameters, one module per rule, and their evaluation."""
