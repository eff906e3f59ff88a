"""The payment provider behind the HTTP contract of docs/payment-contract.yaml."""
