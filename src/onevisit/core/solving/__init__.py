"""Conditions as formulas for a SAT solver, and the solver."""
