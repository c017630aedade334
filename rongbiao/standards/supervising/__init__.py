"""Supervising (监督抽查): population, draws, the sheet of five items, and the count of a campaign."""
