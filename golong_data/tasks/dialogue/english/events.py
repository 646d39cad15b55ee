"""What an English-speaking user did and spent: outings, spendings, deeds."""

from __future__ import annotations

from golong_data.tasks.dialogue.wording import Deeds, Outing, Spending, words


def _outing(category: str, noun: str, verb: str, to_do: str) -> Outing:
    return Outing(
        category,
        noun,
        said=(
            f"today I {verb} the {{v}} {noun}.",
            f"I {verb} the {{v}} {noun} at the weekend.",
            f"I finally {verb} the {{v}} {noun}.",
            f"we had a free day, so I {verb} the {{v}} {noun}.",
            f"my feet still hurt, because yesterday I {verb} the {{v}} {noun}.",
            f"on the way home from a fair I {verb} the {{v}} {noun}.",
            f"it rained most of the day when I {verb} the {{v}} {noun}, but it was lovely.",
        ),
        other=(
            f"{{p}} {verb} the {{v}} {noun}.",
            f"{{p}} told me about the day they {verb} the {{v}} {noun}.",
            f"today {{p}} {verb} the {{v}} {noun}.",
            f"{{p}} sent me a card from the {{v}} {noun}.",
            f"{{p}} finally {verb} the {{v}} {noun}.",
        ),
        plan=(
            f"I wanted to {to_do} the {{v}} {noun}, but nothing came of it.",
            f"I had a ticket to {to_do} the {{v}} {noun}, but I stayed at home.",
            f"I was about to {to_do} the {{v}} {noun} when the thunder started, so I turned back.",
            f"I almost {verb} the {{v}} {noun}, but it was closed.",
            f"I read about the {{v}} {noun}, but it is too far away for me.",
        ),
        again=(
            f"I went back to the {{v}} {noun} for a second time.",
            f"the {{v}} {noun} was so nice that I returned there today.",
            f"once more I {verb} the {{v}} {noun}.",
        ),
        asked=(
            f"how many different {category} did I say I {verb}?",
            f"how many {category} did I tell you I {verb}, each counted once?",
            f"I am filling my travel diary: how many {category} have I been to, each counted once?",
            f"what is the number of different {category} that I {verb}, going by what I told you?",
        ),
    )


OUTINGS = (
    _outing("museums", "museum", "visited", "visit"),
    _outing("castles", "castle", "visited", "visit"),
    _outing("vineyards", "vineyard", "toured", "tour"),
    _outing("lighthouses", "lighthouse", "climbed", "climb"),
    _outing("observatories", "observatory", "visited", "visit"),
    _outing("waterfalls", "waterfall", "hiked to", "hike to"),
    _outing("caves", "cave", "explored", "explore"),
    _outing("breweries", "brewery", "toured", "tour"),
    _outing("botanical gardens", "botanical garden", "walked through", "walk through"),
    _outing("chapels", "chapel", "photographed", "photograph"),
    _outing("windmills", "windmill", "sketched", "sketch"),
    _outing("quarries", "quarry", "explored", "explore"),
    _outing("nature reserves", "nature reserve", "hiked through", "hike through"),
)

SPENDING = Spending(
    words("climbing sailing baking camping painting fishing cycling gardening knitting"),
    words("gear supplies lessons books equipment magazines accessories"),
    said=(
        "I spent {v} on {s} today.",
        "another {v} went on {s} this week, out of my own pocket.",
        "I paid {v} for {s}.",
        "my {s} set me back {v} this time.",
        "I have just seen the receipt, it was {v} for {s}.",
        "{v} is what I left at the till for {s} this morning.",
        "put {v} down for {s} in my accounts, please.",
    ),
    other=(
        "{p} spent {v} on {s}.",
        "{p} paid a full {v} for {s}.",
        "{p} has just seen the receipt, it was {v} for {s}.",
        "{v} is what {p} left at the till for {s}.",
    ),
    plan=(
        "I was about to spend {v} on {s}, but I put it back.",
        "I could have had some {s} for {v}, but I bought none.",
        "I nearly paid {v} for {s}, but the card was declined.",
        "they offered me {s} for {v}, and I said no.",
        "I considered {v} for {s}, but it can wait.",
    ),
    total=(
        "how much money did I spend on {s} in all?",
        "what is the total of what I spent on {s}?",
        "I am closing my accounts: what have I paid for {s} altogether?",
        "how much has gone on {s} out of my pocket so far?",
    ),
    more=(
        "by how much did what I spent on {s} exceed what I spent on {t}?",
        "how much more did I spend on {s} than on {t}?",
        "what is the difference between what I spent on {s} and what I spent on {t}?",
        "how much less did I spend on {t} than on {s}?",
    ),
)

DEEDS = Deeds(
    verbs=(
        ("repaired the {o}", "repair the {o}"),
        ("sold the {o}", "sell the {o}"),
        ("painted the {o}", "paint the {o}"),
        ("gave away the {o}", "give away the {o}"),
        ("cleaned the {o}", "clean the {o}"),
        ("bought the {o}", "buy the {o}"),
        ("lent out the {o}", "lend out the {o}"),
        ("measured the {o}", "measure the {o}"),
        ("took apart the {o}", "take apart the {o}"),
        ("wrapped up the {o}", "wrap up the {o}"),
    ),
    qualifiers=words(
        "green red yellow dented wooden brass rusty striped oval narrow heavy squeaky"
    ),
    nouns=words(
        "kettle bicycle wardrobe radio armchair bookcase ladder sledge accordion bench clock "
        "wheelbarrow mirror lampshade rowing_boat doll's_house gramophone birdcage"
    ),
    today=(
        "today I {e}.",
        "this morning I {e}.",
        "after breakfast today I {e}.",
        "I {e} today, and it took longer than it should have.",
        "since the rain kept me in today, I {e}.",
        "I {e} this afternoon, can you believe it.",
        "I have had a useful day: I {e}.",
    ),
    ago=(
        "{w} I {e}.",
        "I forgot to tell you: it was {w} that I {e}.",
        "I {e} {w}, in case you are keeping a diary for me.",
        "it must have slipped my mind, but {w} I {e}.",
        "my back still hurts, because {w} I {e}.",
        "I see on my list that I {e} {w}.",
    ),
    spans={
        "yesterday": 1,
        "two days ago": 2,
        "four days ago": 4,
        "exactly a week ago": 7,
        "ten days ago": 10,
        "exactly two weeks ago": 14,
        "a fortnight ago": 14,
        "exactly three weeks ago": 21,
        "exactly four weeks ago": 28,
        "exactly five weeks ago": 35,
    },
    other=(
        "{p} {e}.",
        "I hear that {p} {e} not long ago.",
        "this morning {p} {e}.",
        "{p} {e} today, and it took longer than it should have.",
        "{p} sent me a picture: they {e} last week.",
    ),
    plan=(
        "I meant to {i} today, but I did not get round to it.",
        "one day I will {i}.",
        "I wanted to {i} this morning, but I could not find the time.",
        "I keep telling myself to {i}.",
        "I had planned to {i} this week, and once more it came to nothing.",
    ),
    first=(
        "which of these did I do first?",
        "which of these things did I do earliest?",
        "of the things below, which did I do first?",
    ),
    last=(
        "which of these did I do last?",
        "which of these things did I do most recently?",
        "of the things below, which did I do last?",
    ),
    elapsed=(
        "how many days passed between the day I {e} and the day I {f}?",
        "how many days lie between the day I {e} and the day I {f}?",
        "I {e} one day and I {f} another: how many days apart were they?",
        "counting from one to the other, how many days separate the day I {e} and the day I {f}?",
    ),
    on=(
        "on which date did I say I {e}?",
        "what was the date on which I {e}?",
        "for my diary: on what day was it that I {e}?",
        "which day was it when I {e}?",
    ),
    order=(
        "in which order did these three things happen: I {e}, I {f}, I {g}?",
        "I {e}, I {f}, I {g}: in which order was that?",
        "put these into the order in which they happened: I {e}, I {f}, I {g}.",
    ),
    then=", then ",
)
