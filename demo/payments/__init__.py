"""The demonstration payment provider (示范): a process of its own. Contract: docs/payment-contract.yaml."""
