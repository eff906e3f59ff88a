"""Cases: drafts, submission, procedures, evidence, the ledger. The room that orchestrates the others."""
