"""The case under the law: the state machine of a procedure, working days, clocks."""
