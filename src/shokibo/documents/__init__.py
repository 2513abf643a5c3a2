"""What people read: forms, letters and plans. Documents draw results; they calculate nothing."""
