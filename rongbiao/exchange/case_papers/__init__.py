"""Papers of a case (文书): what is written of a dossier, made from its journal.

``offering`` names the papers that can be made of a case now and makes them. Nothing is
said that nobody recorded: what the journal does not hold stays an empty cell. Persons who
commented are counted and never named, so that an erased name is left in no paper.
"""
