"""Questions in tantivy's own terms; what people type never meets its query parser."""

from collections.abc import Iterable, Sequence

from tantivy import Occur, Query

from rongbiao.standards.search.embedded_fields import schema
from rongbiao.standards.search.entry import EDGES
from rongbiao.standards.search.typed import Phrase

FEW = 100  # editions that are asked for one by one


def phrase_query(phrase: Phrase, field: str = "text") -> Query:
    """Return what finds a chain of units: one term, a phrase, or a phrase with an open end.

    A phrase of one term makes tantivy panic; that is a term. Units hold letters, figures and
    Chinese characters only, so none of them means anything in a regular expression.
    """
    terms = phrase.tokens
    if not phrase.closed:
        open_end = f"{phrase.open_end}.*"
        if not terms:
            return Query.regex_query(schema(), field, open_end)
        return Query.regex_phrase_query(schema(), field, [*terms, open_end])
    if len(terms) == 1:
        return Query.term_query(schema(), field, terms[0])
    return Query.phrase_query(schema(), field, list(terms))


def any_of(queries: Sequence[Query]) -> Query:
    """Return what finds what one of these finds."""
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, one) for one in queries])


def all_of(wanted: Iterable[Query], unwanted: Iterable[Query] = ()) -> Query:
    """Return what finds what all of these find and none of the others."""
    clauses = [(Occur.Must, one) for one in wanted] or [(Occur.Must, Query.all_query())]
    clauses += [(Occur.MustNot, one) for one in unwanted]
    return clauses[0][1] if len(clauses) == 1 else Query.boolean_query(clauses)


def filter_query(facet: str, values: Sequence[str]) -> Query:
    """Return what finds editions with one of these values; it weighs nothing."""
    field, mark = ("organization", "") if facet == "organization" else ("filter", f"{facet}:")
    terms = [Query.term_query(schema(), field, mark + one, "basic") for one in values]
    return Query.const_score_query(any_of(terms), 0.0)


def edition_query(pks: Sequence[int]) -> Query:
    """Return what finds these editions; a set is made ready for longer than a few terms."""
    if len(pks) <= FEW:
        return any_of([Query.term_query(schema(), "pk", pk, "basic") for pk in pks])
    return Query.term_set_query(schema(), "pk", list(pks))


def edge_query(phrase: Phrase, field: str = "edge") -> Query:
    """Return what finds titles that begin with a phrase."""
    edge = "".join(phrase.units[:EDGES])
    begun = Query.term_query(schema(), field, edge, "basic")
    return begun if len(phrase.units) <= EDGES else all_of([begun, phrase_query(phrase)])
