"""What to do: where the homes stand, and the plan from there."""
