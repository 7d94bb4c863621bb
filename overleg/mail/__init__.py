"""The outbox: written in the transaction, sent after it."""
