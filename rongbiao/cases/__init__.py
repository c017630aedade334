"""Cases (办件): one dossier per application, one journal per dossier.

The engine moves in with the first procedure; the floor is kept here so that
nothing beneath it may lean on it.
"""
