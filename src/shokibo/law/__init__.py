"""What the rules say: dated parameters, one module a rule, and the run of them all."""
