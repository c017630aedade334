"""Drawing lots (抽取): committed before, revealed after, recomputed by anybody.

1. The list is frozen: who is in, who is out and why, under which rules; its digest is
   published together with the digest of a secret seed (the commitment).
2. The seed is revealed. Each lot's place is HMAC-SHA-256 under the seed of the list's
   digest and the lot's key, so nobody who froze the list could know the order, and nobody
   who knows the order can change the list.
3. The drawn are the first in that order that keep to the rules; the reserves come next.

What a witness says aloud after the commitment is mixed in, so that not even whoever
made the seed decides alone (commit and reveal: M. Blum, Coin flipping by telephone, 1981).
"""

from .box import ALGORITHM, Box, Lot, commitment_of, new_seed
from .records import MOST_SEATS, Absence, Record, Unreadable, check, read_record, written
from .selection import Rules, Short, Shortage, in_order, replay, select, shortage

__all__ = [
    "ALGORITHM",
    "MOST_SEATS",
    "Absence",
    "Box",
    "Lot",
    "Record",
    "Rules",
    "Short",
    "Shortage",
    "Unreadable",
    "check",
    "commitment_of",
    "in_order",
    "new_seed",
    "read_record",
    "replay",
    "select",
    "shortage",
    "written",
]
