"""What is known: one set of tables, in four carriers."""
