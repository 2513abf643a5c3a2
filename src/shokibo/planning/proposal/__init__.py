"""The proposal: the actions of the years that serve best within given limits."""
