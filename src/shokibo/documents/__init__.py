"""What people read: the forms as Excel and PDF. They draw results, they calculate nothing."""
