"""A second, slow reading of the rules, written apart from the program, to compare it with."""
