"""The pages of forecasts and proposals."""
