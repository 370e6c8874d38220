"""Numbers about jobs, read from their stores."""
