"""The proposal: the best actions over the years within given limits."""
