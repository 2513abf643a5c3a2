"""Pages of the plan and its costs."""
