"""Pages of applications and certification."""
