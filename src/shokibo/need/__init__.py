"""How many children will need a place: the estimate by rates, and the forecast from records."""
