"""The SQLite file of a job, and the only code that knows it is one."""
