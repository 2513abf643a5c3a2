"""The web application: what people see and keep; the core calculates."""
