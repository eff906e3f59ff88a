"""Cases re-planned under a draft of the catalogue: who would be better off, who worse, what it changes for agencies."""
