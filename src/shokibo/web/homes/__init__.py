"""The pages of the register: homes, units, capacities, staff; dated edits and proposals."""
