"""Parties (主体): who; units, people, posts, regions and the journal of what they did."""
