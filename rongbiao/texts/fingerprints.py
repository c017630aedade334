"""Fingerprints (文本指纹): sampled hashes of passages, by which copied text is found.

Of every run of ``RUN`` characters (blanks and punctuation aside) the hash is taken, and of all
hashes the same small part is kept wherever a text stands: so two texts that share a passage
share its hashes. After Manber, Finding similar files in a large file system (1994).
"""

from hashlib import blake2b

from .folding import folded

RUN = 12  # characters of one passage
KEEP = 16  # one hash of so many is kept
LONGEST = 400_000  # characters looked at


def fingerprints(text: str) -> frozenset[int]:
    """Return the sampled hashes of a text, each a whole number of 63 bits."""
    flat = "".join(letter for letter in folded(text[:LONGEST]) if letter.isalnum())
    found = set()
    for start in range(len(flat) - RUN + 1):
        digest = blake2b(flat[start : start + RUN].encode(), digest_size=8).digest()
        value = int.from_bytes(digest) >> 1
        if value % KEEP == 0:
            found.add(value)
    return frozenset(found)
