"""Which offers are shown, over answers with a truth made by hand."""

from __future__ import annotations

from benchmarks.offers import ANSWERS, PARTS, TARGETS, judge, main, score
from lookup.sources.elevenst_xml import read_xml
from lookup.sources.fields import read_json


def test_precision_and_recall_over_all_and_over_the_part_kept_apart() -> None:
    judged = judge()
    whole, kept = score(judged), score(offer for offer in judged if offer.part == "kept")
    assert whole.answers >= 60
    assert kept.answers * 3 >= whole.answers
    for found in (whole, kept):
        assert found.right >= 50
        assert found.precision >= TARGETS[0], [o for o in judged if o.shown and not o.right]
        assert found.recall >= TARGETS[1], [o for o in judged if o.right and not o.shown]


def test_the_truth_names_each_offer_of_each_answer() -> None:
    judged = judge()
    files = {file.name for file in ANSWERS.iterdir()} - {"truth.tsv"}
    assert files == {offer.answer for offer in judged}
    assert {offer.part for offer in judged} == set(PARTS)
    for name in files:
        body = (ANSWERS / name).read_bytes()
        if name.endswith(".xml"):
            offers = len(list(read_xml(body).iter("Product")))
        else:
            answer = read_json(body)
            offers = len(answer.get("items") or answer["shopping_results"])
        assert offers == sum(offer.answer == name for offer in judged)


def test_the_table() -> None:
    assert main([]) == 0
