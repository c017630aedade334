"""The pages of citation checks (引用核查): ask, follow, read, take along; nothing is kept."""
