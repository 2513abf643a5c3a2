"""Workbooks in and out: what an import would do, done or undone as one."""
