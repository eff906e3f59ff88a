"""The catalogue's examination (体检): what can be read and planned, and is still wrong or doubtful."""
