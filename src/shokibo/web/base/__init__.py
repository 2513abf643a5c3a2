"""What every page rests on and no model is needed for."""
