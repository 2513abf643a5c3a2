"""The forecast and the proposal on pages: asked for in a form, computed in the background."""
