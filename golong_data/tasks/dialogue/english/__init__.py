"""The English words of the dialogue task. Persons, firms and animals are made up."""

from __future__ import annotations

from golong_data.tasks.dialogue.english import belongings, events, habits, talk
from golong_data.tasks.dialogue.wording import Language, words

_MADE = words(
    "Bren Tal Quill Mor Hal Fen Ash Cor Del Wes Lin Pell Rook Sten Thorn Vale Yar Gar Hox Ing "
    "Jor Kel Lor Nor Ost Pim Rav Sul Tam Ulv"
)
_ENDS = words(
    "wick moor ley ham combe stead by ford worth mere dale ton field ridge gate holt brook well "
    "croft bury"
)

_DIGITS = tuple(f"-{n}" for n in range(1_000, 10_000))

ENGLISH = Language(
    code="en",
    space=" ",
    today="Today is {d}. {q}",
    never="I never mentioned it.",
    people=(
        *("my sister", "my brother", "my neighbour", "my colleague", "my aunt", "my cousin"),
        *("my flatmate", "my uncle", "my old teacher", "my landlady", "my boss"),
        *("my best friend", "my grandmother", "my father-in-law"),
    ),
    values={
        "name": (
            words("Mi Ta Ru Bo Ze Lu Ki Pa No Fi Wa Ju Dori Hale Sati Gabi"),
            words("po vi lo na rix bel mo tan sy ko dle bert wen zu"),
        ),
        "price": (
            ("$",),
            tuple(map(str, range(11, 97))),
            words(".50 .20 .80 .95 .35 .75 .10 .65"),
        ),
        "place": (
            ("in ", "behind ", "under ", "on top of "),
            (
                *("the tall ", "the narrow ", "the painted ", "the broken "),
                *("the small ", "the round ", "the wide "),
            ),
            words("cupboard shelf trunk desk wardrobe chest box bench cabinet basket"),
            (
                *(" in the hall", " in the attic", " by the window", " in the garage"),
                *(" in the cellar", " on the landing", " in the guest room", " at work"),
            ),
        ),
        "slot": (
            words("Mondays Tuesdays Wednesdays Thursdays Fridays Saturdays Sundays"),
            (" at ",),
            tuple(map(str, (*range(7, 13), *range(14, 21)))),
            (":00", ":15", ":30", ":45"),
        ),
        "firm": (_MADE, _ENDS, (" & Sons", " House", " Corner", "'s", " & Daughters", " Rooms")),
        "time": (
            tuple(map(str, range(19, 58))),
            (":",),
            tuple(f"{n:02}" for n in range(60)),
        ),
        "number": (tuple(map(str, range(21, 480))),),
        "thing": (_MADE, _ENDS),
        "code": (tuple("BCDFHKMPRTX"), tuple("ABEHKNRSW"), _DIGITS),
        "minutes": (tuple(f"{n} minutes" for n in range(11, 96)),),
        "taste": (
            words("barely very slightly rather extra"),
            (" sweet", " hot", " thick", " creamy", " mild"),
            (
                *(" with honey", " with oat milk", " with ginger", " with nuts", " with lemon"),
                *(" with vanilla", " with raisins", " with cinnamon", " with nutmeg"),
            ),
        ),
        "grams": (tuple(f"{n} grams" for n in range(110, 995, 5)),),
    },
    talk=talk.TALK,
    traits=(*belongings.TRAITS, *habits.TRAITS),
    outings=events.OUTINGS,
    spending=events.SPENDING,
    deeds=events.DEEDS,
)
