"""Rongbiao 榕标: the platform with which a city runs its standardization strategy."""

__version__ = "0.1.0"
