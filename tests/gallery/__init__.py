"""docs/messages.md: every message that lifbot can send, as the playground draws it. `make messages` writes it again."""
