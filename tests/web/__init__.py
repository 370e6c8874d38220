"""A plain web for tests: real folders on loopback, and what an independent walk finds there."""
