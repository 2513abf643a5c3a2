"""Components of the plan's pages."""
