"""Cases (办件): how; one dossier per matter, one journal per dossier, one door: ``desk``."""
