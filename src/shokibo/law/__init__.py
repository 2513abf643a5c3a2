"""The rules: dated parameters, one module a rule, and their evaluation."""
