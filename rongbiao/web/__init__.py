"""Pages for people (网页)."""
