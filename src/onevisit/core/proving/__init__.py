"""The prover: at most how many visits anybody makes, over every applicant there can be."""
