"""Where things are kept: transactions, and named queries as functions."""
