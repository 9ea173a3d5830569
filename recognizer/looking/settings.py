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
    fresh_lines: int = 8  # of a new look
    settled: float = 0.8  # confidence of a code that makes further lines needless
    spelled: float = 0.95  # a code's confidence, of its place's, where no character is in doubt,
    least_spelled: float = 0.45  # and at least, to be shown without another look
    candidates: int = 5

    # Which lines are worth trouble.
    poor: float = 0.5  # confidence of a line that is read in other ways, too
    likely: float = 0.4  # how much a line looks like a code that is tried from its other end
    promising: float = 0.35  # or that is read beyond its ends
    unread_look: float = 0.7  # how much a line looks like a code for which the finder looks again
    unread: float = 0.3  # if it is read less surely

    # Other ways to read a line: words, from the other end, cut in front.
    flipped: float = 2.0  # times as sure as before, to be taken from its other end
    most_parts: int = 8  # words read a second time, on their own
    most_turned: int = 2
    least_turned: float = 0.2  # upside down, most print gives nothing
    cuts: tuple[float, ...] = (0.8, 1.2, 1.6, 2.0, 2.4, 2.8)  # heights: up to three Hangul letters
    spoiled_look: float = 0.5  # how much a line has to look like a code to be cut so,
    most_spoiled: int = 2  # and how many are
    room: float = 1.8  # heights that a cut leaves at least: five narrow letters
    least_cut: float = 0.5  # confidence of a cut that is believed
    enough_cut: float = 0.85  # confidence of a cut that is not cut any further
    begun: float = 0.8  # confidence of a line that is not doubted to begin where it does
    other_end: float = 1.3  # times as sure a reading from the other end has to be

    # Beyond the ends of a line.
    in_front: tuple[float, ...] = (0.7, 1.5)  # heights: a letter or two,
    behind: tuple[float, ...] = (1.0, 2.2, 2.8)  # and a part after a blank, too
    most_open: int = 2  # lines that are read beyond their ends where no code is sure
    longer: float = 0.5  # confidence of a longer reading that is believed,
    longer_inside: float = 0.8  # where it ends in a region that holds the line itself,
    longer_otherwise: float = 0.8  # where it reads the last letter otherwise,
    longer_going_on: float = 0.3  # where it goes on from a shorter one that ends within a word
    uncut: float = 0.5  # confidence of another line that is not to be cut in two
    telling: int = 4  # letters and digits that tell one text from others
    much_surer: float = 2.0  # times as sure a reading that says otherwise has to be
    plain: float = 0.5  # confidence of a brand's code to which no single letter is added,
    whole_part: int = 2  # only such a part

    # The best line cut otherwise and read closely.
    borne_out: float = 0.95  # confidence of a skimmed line that needs no second reader
    beams: int = 2  # readings of each cut that are ranked,
    worth: float = 0.1  # where they are at least so much as likely as the best
    recuts: tuple[tuple[float, float], ...] = ((0, 0), (0.25, 0.12), (0.1, -0.08), (-0.12, 0))
    least_voted: float = 0.22  # mean confidence over the cuts of a code that is worth showing
    certain: float = 0.85  # how likely a line holds a code that is shown though letters are in
    least_certain: float = 0.05  # doubt, at this mean confidence

    # The finder again: small print, enlarged.
    faint: float = 0.05  # how much small print looks like a code; it does less than it should
    small: float = 16.0  # pixels of the finder's picture; lower lines are seen better enlarged
    enlarged_to: float = 28.0  # pixels that they are enlarged to
    enlarged_most: float = 2.5  # times the photo's own size, at most
    enlarged_least: float = 1.2  # times larger than before, or it is not worth it
    enlarged_lines: int = 10  # small lines that are enlarged, with what is between them
    part_air: float = 3.0  # heights around lines that are looked at together

    # The finder again: the part with the likely lines, turned.
    turned_lines: int = 10  # of the likeliest that the part has to hold
    turned_enlarged: float = 4 / 3  # times as large as the finder saw the photo first,
    turned_most: float = 2.0  # but no more than so many times the photo's own size
    proportion: float = 0.75  # a photo's short side, of its long one

    # The finder again: likely lines, each alone.
    alone_lines: int = 3
    alone_letters: float = 30.0  # pixels that a line is high in the finder's picture
    alone_most: float = 64.0  # pixels that it is high where it is cut out, at most
    alone_air: tuple[float, float] = (3.0, 0.8)  # heights beside it, and above it

    # Several looks as one.
    stands_alone: float = 0.45  # confidence from which on a code stands that one look shows,
    stands_whole: float = 0.3  # or where that was the look at the whole photo, as it is,
    stands_there: float = 0.9  # or a lesser one where some code stands so likely, whichever
    agreed: float = 0.6  # share of a look's views that find the same code likeliest

    # A picture of one code.
    crop_sure: float = 0.9  # a greedy reading so sure is not doubted, if the CTC head agrees
    crop_turned: float = 0.5  # least confidence of a reading from another side
    least_code: float = 0.12  # score of a code that is worth showing,
    least_word: float = 0.35  # with fewer than two digits: other scripts' words are read as such
    crop_lines: int = 2  # of those that the finder sees on a crop, the largest
    crop_air: float = 0.35  # crop heights around: the finder sees no letters that touch the edge
    crop_height: int = 96  # pixels; smaller crops are enlarged for the finder


LOOKING = LookingSettings()
