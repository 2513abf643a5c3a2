"""Aggregate tables for the public: their content, what stays hidden, how they are written."""
