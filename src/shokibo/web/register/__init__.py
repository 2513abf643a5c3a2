"""Homes, units, capacities, staff: the register as rows of a database."""
