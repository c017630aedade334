"""Stages (环节): the grammar in which procedures are written, and what its sentences mean to people."""
