"""How closely a photo is looked at: every number of the passes, in one object.

Confidences and shares are in 0..1; heights are heights of the line in question.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LookingSettings:
    """What the passes go by. `left_out` are names of passes that are not taken."""

    left_out: frozenset[str] = frozenset()

    # What is read, and how sure a code is.
    first_lines: int = 10  # read before asking whether they hold the code
    most_lines: int = 24  # read in the first look
    settled: float = 0.8  # confidence of a code that makes further lines needless
    spelled: float = 0.95  # a code's confidence, of its place's, where no character is in doubt,
    least_spelled: float = 0.45  # and at least, to be shown without another look
    candidates: int = 5

    # Lines whose beginning may be their end.
    poor: float = 0.5  # confidence of a line that is read from its other end, too,
    likely: float = 0.4  # if the finder did not see which it is, or it looks so much like a code,
    flipped: float = 2.0  # times as sure as before, to be taken from there

    # The best line cut otherwise and read closely.
    borne_out: float = 0.95  # confidence of a skimmed line that needs no second reader
    beams: int = 2  # readings of each cut that are ranked,
    worth: float = 0.1  # where they are at least so much as likely as the best
    recuts: tuple[tuple[float, float], ...] = ((0, 0), (0.25, 0.12), (0.1, -0.08), (-0.12, 0))
    least_voted: float = 0.22  # mean confidence over the cuts of a code that is worth showing
    certain: float = 0.85  # how likely a line holds a code that is shown though letters are in
    least_certain: float = 0.05  # doubt, at this mean confidence

    # Two readers.
    our_say: float = 0.45  # how much TRBA's log-probabilities count,
    witness_say: float = 0.65  # and the witness's
    witness_air: tuple[float, float] = (0.15, 0.06)  # heights beside and above what it is shown
    wordly: float = 0.9  # confidence of a line without digits that it need not read
    first_witnessed: int = 3  # lines that it reads on every photo,
    most_witnessed: int = 14  # where no code is sure,
    tile_witnessed: int = 8  # and of each part

    # The photo in parts.
    tile: float = 0.6  # of the photo's sides
    tile_side: float = 1200.0  # pixels that a part's longer side has at least,
    tile_enlarged: float = 2.0  # if that is not more than so many times its own
    tile_lines: int = 14
    whole_say: float = 2.0  # how much the whole photo counts, beside a part's 1
    tiles_lead: float = 1.0  # confidences by which a code leads so that no part more is read
    tiles_blank: int = 5  # parts without any code after which no more are read
    least_of_tiles: float = 0.05  # mean confidence of a code that is worth showing

    # A picture of one code.
    crop_sure: float = 0.9  # a greedy reading so sure is not doubted, if the CTC head agrees
    crop_alike: float = 0.5  # or one that both readers share, at this confidence
    crop_witness_say: int = 2  # views of TRBA's that one of the witness's is worth
    crop_turned: float = 0.5  # least confidence of a reading from another side
    least_code: float = 0.12  # score of a code that is worth showing,
    least_word: float = 0.35  # with fewer than two digits: other scripts' words are read as such
    crop_lines: int = 2  # of those that the finder sees on a crop, the largest
    crop_air: float = 0.35  # crop heights around: the finder sees no letters that touch the edge
    crop_height: int = 96  # pixels; smaller crops are enlarged for the finder


LOOKING = LookingSettings()
