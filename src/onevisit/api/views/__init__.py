"""Operations: each parses, calls one action or query, answers."""
