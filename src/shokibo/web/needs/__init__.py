"""The forecast and the proposal on pages: asked for in a form, worked out in the background."""
