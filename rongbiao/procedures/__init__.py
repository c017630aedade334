"""Procedures (事项): one file, or one folder, per matter."""
