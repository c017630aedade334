"""Texts (文本): pure Python cores that read what officials write; usable without the platform."""
