"""Mail: a page only writes it down; the worker sends it, again while the server is away."""
