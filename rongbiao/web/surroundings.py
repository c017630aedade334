"""What every page knows without being told."""


def surroundings(request):
    """Return the words and switches that shells need."""
    return {}
