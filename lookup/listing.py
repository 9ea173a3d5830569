"""Prices as text for a terminal."""

from __future__ import annotations

from lookup.types import Condition, Offer, PriceAnswer, PriceQuote


def table(answer: PriceAnswer) -> str:
    """The answer as text: a line for each source with its time, its offers below, the link."""
    lines = [answer.code]
    if answer.lowest is not None and answer.median is not None:
        lines[0] += (
            f"   lowest {answer.lowest:,}원, median {answer.median:,}원, offers {answer.count}"
        )
    for quote in answer.quotes:
        lines += ["", _headline(quote)]
        for offer in quote.offers:
            mall = f"{offer.mall} · " if offer.mall else ""
            lines.append(f"  {offer.price_won:>12,}원  {mall}{offer.title}{_marks(offer)}")
            lines.append(f"{'':18}{offer.link}".rstrip())
    if not answer.quotes:
        lines.append("no source: give a key (see --help), or --catalogue-csv")
    return "\n".join([*lines, "", answer.link])


def _marks(offer: Offer) -> str:
    marks = [] if offer.condition is Condition.NEW else [str(offer.condition)]
    marks += [str(offer.note)] if offer.note else []
    return f"  [{', '.join(marks)}]" if marks else ""


def _headline(quote: PriceQuote) -> str:
    time = quote.fetched_at.strftime("%Y-%m-%d %H:%M:%S %Z")
    until = f", until {quote.until:%Y-%m-%d %H:%M %Z}" if quote.until else ""
    return f"{quote.source_name} ({quote.source}): {quote.state}{until}, {time}"
