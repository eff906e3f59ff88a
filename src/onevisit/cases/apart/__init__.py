"""What strangers send is read in a process of its own, with little memory and time (docs/decisions/uploads.md)."""
