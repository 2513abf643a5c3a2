"""What every page is based on and no model is needed for."""
