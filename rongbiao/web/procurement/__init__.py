"""Procurement (采购助手): the pages."""
