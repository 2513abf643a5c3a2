"""The homes as they are, and the plan from there."""
