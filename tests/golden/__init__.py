"""Conversations as text files, played over every channel.

A file tells who speaks, what they do, and what they are answered:

    # a comment
    @ Minsu ko                     somebody, and the language that their platform tells
    - price DD1391-100 129000      prices from now on (none: no offer any more)
    - sure 0.9                     readings that sure bring their prices along
    - later 40 days                time passes (days, hours, minutes)
    - restart                      the bot ends and starts over the same database

    Minsu> photo sure              one of `tests.golden.stage.PHOTOS`
    < DD1391-100                   a new message begins with <, one that changed in place with ~
    | 품번을 또렷하게 읽었어요.       its further lines
    | (picture) (file NAME)        what goes with it
    | [✓ 맞아요] [✎ 고치기]          its buttons; [↗ a link], [⧉ a button that copies]
    ! 다른 분의 버튼                 the notice on a press
    Minsu> text /history nike      text; a command where it begins with a slash
    Minsu> press ✓ 맞아요           the newest button with this label, or part of it
    Minsu> press ✓ 맞아요 of Ann    another person's

`python -m tests.golden.write` plays all files over the bare conversation, shows what changed
against the answers that they hold, and writes these anew.
"""
