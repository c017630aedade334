"""Procedures (事项): one file each, declared in the grammar of the cases floor."""
