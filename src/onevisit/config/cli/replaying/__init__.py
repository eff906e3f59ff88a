"""What `onevisit replay` is made of: its processes, its progress, its report."""
