"""The English words of the dialogue task. Persons, firms and animals are made up."""

from __future__ import annotations

from golong_data.tasks.dialogue.wording import Deeds, Language, Outing, Spending, Trait


def _words(text: str) -> tuple[str, ...]:
    """The words of a text; an underscore joins the words of one name."""
    return tuple(word.replace("_", " ") for word in text.split())


_COLOURS = tuple("grey brown black white spotted striped one-eyed old young tiny".split())
_PETS = tuple("cat dog parrot rabbit tortoise hamster goat donkey hen gecko".split())
_LOOKS = tuple("green red blue silver grey old spare small large heavy".split())
_THINGS = _words(
    "passport toolbox camera tripod tent telescope typewriter lantern violin compass "
    "binoculars sewing_kit chess_set first_aid_kit label_maker hand_drill"
)
_MADE = tuple(
    "Bren Tal Quill Mor Hal Fen Ash Cor Del Wes Lin Pell Rook Sten Thorn Vale Yar Gar Hox Ing "
    "Jor Kel Lor Nor Ost Pim Rav Sul Tam Ulv".split()
)
_ENDS = tuple(
    "wick moor ley ham combe stead by ford worth mere dale ton field ridge gate holt brook well "
    "croft bury".split()
)

TRAITS = (
    Trait(
        _COLOURS,
        _PETS,
        "name",
        said=(
            "I decided to call my {s} {v}.",
            "The name I chose for my {s} is {v}.",
            "My {s} answers to the name of {v}.",
        ),
        changed=(
            "I gave my {s} a new name: it is {v} now.",
            "We have renamed my {s}, from now on it is {v}.",
        ),
        other=(
            "{p} has a {s} as well, that one is called {v}.",
            "The {s} that belongs to {p} is called {v}.",
        ),
        plan=(
            "I nearly called my {s} {v}, but I dropped the idea.",
            "For a day I thought that {v} would suit my {s}, but I let it be.",
        ),
        asked=("What is the name of my {s}?", "What did I name my {s}?"),
        now=("What is my {s} called now?",),
        at=("What was my {s} called on {d}?",),
        before=("What was my {s} called before it got its latest name?",),
    ),
    Trait(
        tuple("monthly family yearly basic premium student weekend shared".split()),
        _words(
            "gym_membership phone_plan parking_permit train_pass newspaper cloud_storage "
            "storage_unit music_plan allotment swimming_pass internet_contract"
        ),
        "price",
        said=(
            "My {s} costs me {v} at the moment.",
            "I signed up for a {s}, it is {v} each time.",
            "For my {s} I pay {v}.",
        ),
        changed=(
            "They changed the price of my {s}, I pay {v} from today.",
            "The bill for my {s} is {v} from now on.",
        ),
        other=("{p} pays {v} for a {s}.", "The {s} of {p} comes to {v}."),
        plan=(
            "They offered me my {s} for {v}, but I did not take the offer.",
            "I had hoped to get my {s} for {v}, but it did not work out.",
        ),
        asked=("How much did I say I pay for my {s}?", "What does my {s} cost me?"),
        now=("How much do I pay for my {s} now?",),
        at=("How much did I pay for my {s} on {d}?",),
        before=("How much did I pay for my {s} before the latest change?",),
    ),
    Trait(
        _LOOKS,
        _THINGS,
        "place",
        said=(
            "I keep my {s} {v}.",
            "The place for my {s} is {v}.",
            "I put my {s} away, it lies {v}.",
        ),
        changed=(
            "I moved my {s}, it is {v} now.",
            "My {s} has a new place, it lives {v} now.",
        ),
        other=("{p} keeps a {s} {v}.", "The {s} of {p} lies {v}."),
        plan=(
            "I wanted to put my {s} {v}, but there was no room.",
            "Somebody advised me to keep my {s} {v}, but I did not do that.",
        ),
        asked=("Where do I keep my {s}?", "Where did I say my {s} is?"),
        now=("Where is my {s} now?",),
        at=("Where was my {s} on {d}?",),
        before=("Where was my {s} before I moved it the last time?",),
    ),
    Trait(
        tuple("pottery Spanish yoga choir chess fencing drawing tango swimming sewing".split()),
        tuple("class group course workshop practice".split()),
        "slot",
        said=(
            "My {s} is on {v}.",
            "I joined a {s}, we meet on {v}.",
            "The regular time of my {s} is {v}.",
        ),
        changed=(
            "My {s} has been moved, it is on {v} now.",
            "They shifted my {s} to {v}.",
        ),
        other=("{p} goes to a {s} on {v}.", "The {s} of {p} is on {v}."),
        plan=(
            "They thought of holding my {s} on {v}, but most of us were against it.",
            "I asked whether my {s} could be on {v}, but it could not.",
        ),
        asked=("When is my {s}?", "On which day and at what time is my {s}?"),
        now=("When is my {s} now?",),
        at=("When was my {s} held as of {d}?",),
        before=("When was my {s} before it was moved the last time?",),
    ),
    Trait(
        tuple("usual new local regular cheap weekend careful trusted".split()),
        tuple(
            "dentist barber optician bakery garage tailor plumber bank vet florist bookbinder "
            "accountant".split()
        ),
        "firm",
        said=(
            "My {s} is called {v}.",
            "I found a {s}, the name is {v}.",
            "The {s} I go to is {v}.",
        ),
        changed=(
            "I have a different {s} now, namely {v}.",
            "I left my {s} and went over to {v}.",
        ),
        other=("The {s} that {p} swears by is {v}.", "{p} goes to a {s} named {v}."),
        plan=(
            "I had {v} in mind as my {s}, but they had no time for me.",
            "I looked at {v} as a possible {s}, but did not like the place.",
        ),
        asked=("What is the name of my {s}?", "Which {s} do I go to?"),
        now=("Which {s} do I go to now?",),
        at=("Which {s} did I go to on {d}?",),
        before=("Which {s} did I go to before the one I have now?",),
    ),
    Trait(
        tuple("5-km 10-km half-mile indoor uphill relay night winter".split()),
        _words("run swim row ski_tour ride skate obstacle_race"),
        "time",
        said=(
            "My best time for the {s} is {v}.",
            "I timed myself on the {s} and got {v}.",
            "My record for the {s} stands at {v}.",
        ),
        changed=(
            "I have a new personal best for the {s}, it is {v}.",
            "I beat my own record for the {s}, it stands at {v} since today.",
        ),
        other=("{p} did the {s} in {v}.", "The best time of {p} for the {s} is {v}."),
        plan=(
            "I was hoping for {v} in the {s}, but I was not that fast.",
            "My coach said {v} was possible in the {s}, but I never got there.",
        ),
        asked=("What is my personal best for the {s}?", "What is my record for the {s}?"),
        now=("What is my personal best for the {s} now?",),
        at=("What was my personal best for the {s} as of {d}?",),
        before=("What was my personal best for the {s} before the latest one?",),
    ),
    Trait(
        tuple("old foreign signed rare framed tiny faded colourful".split()),
        tuple("postcards stamps coins maps badges records buttons bookmarks matchboxes".split()),
        "number",
        said=(
            "I own {v} {s} altogether.",
            "I counted my {s}, there are {v} of them.",
            "My collection of {s} has reached {v} pieces.",
        ),
        changed=(
            "My {s} have become {v} in number.",
            "After some buying and swapping I have {v} {s} now.",
        ),
        other=("{p} has {v} {s}.", "The {s} of {p} number {v}."),
        plan=(
            "I was offered enough {s} to make it {v}, but I said no.",
            "I wanted to bring my {s} up to {v}, but gave that up.",
        ),
        asked=("How many {s} do I own?", "How many {s} did I say I have?"),
        now=("How many {s} do I own now?",),
        at=("How many {s} did I own as of {d}?",),
        before=("How many {s} did I own before the latest change?",),
    ),
    Trait(
        tuple("quiet cheap festive early late vegetarian outdoor quick".split()),
        _words("dinner lunch breakfast birthday_party tea anniversary meeting"),
        "firm",
        said=(
            "For a {s} I would recommend {v}.",
            "My suggestion for a {s} is {v}.",
            "If it is to be a {s}, I would book a table at {v}.",
        ),
        changed=(),
        other=("{p} recommended {v} for a {s}.", "{p} told me to try {v} for a {s}."),
        plan=(
            "Somebody mentioned {v} for a {s}, but it has closed.",
            "I read about {v} as a place for a {s}, but I do not believe it.",
        ),
        asked=(
            "Which place did you recommend to me for a {s}?",
            "What was your suggestion for a {s}?",
        ),
        assistant=True,
        prompt=(
            "Where could I go for a {s}?",
            "Can you suggest a place for a {s}?",
            "I need an idea for a {s}.",
        ),
    ),
)


def _outing(category: str, noun: str, verb: str, to_do: str) -> Outing:
    return Outing(
        category,
        noun,
        said=(
            f"Today I {verb} the {{v}} {noun}.",
            f"I {verb} the {{v}} {noun} at the weekend.",
            f"I finally {verb} the {{v}} {noun}.",
        ),
        other=(
            f"{{p}} {verb} the {{v}} {noun}.",
            f"{{p}} told me about the day they {verb} the {{v}} {noun}.",
        ),
        plan=(
            f"I wanted to {to_do} the {{v}} {noun}, but nothing came of it.",
            f"I had a ticket to {to_do} the {{v}} {noun}, but I stayed at home.",
        ),
        again=(f"I went back to the {{v}} {noun} for a second time.",),
        asked=(
            f"How many different {category} did I say I {verb}?",
            f"How many {category} did I tell you I {verb}, each counted once?",
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
)

SPENDING = Spending(
    tuple("climbing sailing baking camping painting fishing cycling gardening knitting".split()),
    tuple("gear supplies lessons books equipment magazines repairs".split()),
    said=(
        "I spent {v} on {s} today.",
        "Another {v} went on {s} this week, out of my own pocket.",
        "I paid {v} for {s}.",
    ),
    other=("{p} spent {v} on {s}.", "{p} paid a full {v} for {s}."),
    plan=(
        "I was about to spend {v} on {s}, but I put it back.",
        "I could have had some {s} for {v}, but I bought none.",
    ),
    total=(
        "How much money did I spend on {s} in all?",
        "What is the total of what I spent on {s}?",
    ),
    more=("By how much did what I spent on {s} exceed what I spent on {t}?",),
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
    qualifiers=tuple(
        "green red yellow dented wooden brass rusty striped oval narrow heavy squeaky".split()
    ),
    nouns=_words(
        "kettle bicycle wardrobe radio armchair bookcase ladder sledge accordion bench clock "
        "wheelbarrow mirror lampshade rowing_boat doll's_house gramophone birdcage"
    ),
    today=("Today I {e}.", "This morning I {e}.", "After breakfast today I {e}."),
    ago=("{w} I {e}.", "I forgot to tell you: it was {w} that I {e}."),
    spans={
        "yesterday": 1,
        "two days ago": 2,
        "four days ago": 4,
        "exactly a week ago": 7,
        "ten days ago": 10,
        "exactly two weeks ago": 14,
        "exactly three weeks ago": 21,
        "exactly four weeks ago": 28,
    },
    other=("{p} {e}.", "I hear that {p} {e} not long ago."),
    plan=("I meant to {i} today, but I did not get round to it.", "One day I will {i}."),
    first=("Which of these did I do first?", "Which of these things did I do earliest?"),
    last=("Which of these did I do last?", "Which of these things did I do most recently?"),
    elapsed=(
        "How many days passed between the day I {e} and the day I {f}?",
        "How many days lie between the day I {e} and the day I {f}?",
    ),
    on=("On which date did I say I {e}?", "What was the date on which I {e}?"),
    order=("In which order did these three things happen: I {e}, I {f}, I {g}?",),
    then=", then ",
)

ENGLISH = Language(
    code="en",
    space=" ",
    today="Today is {d}. {q}",
    never="I never mentioned it.",
    openers=(
        "By the way, something else.",
        "A small update from my side.",
        "Before I forget.",
        "Something quite different.",
        "You may want to keep this in mind.",
        "One more thing.",
        "I have some news.",
        "Not that it matters much.",
        "While I am here.",
        "That reminds me.",
    ),
    closers=(
        "Anyway, where were we?",
        "That is all there is to it.",
        "Nothing more to say about it.",
        "So much for that.",
        "Let us go on.",
        "I thought I would tell you.",
    ),
    replies=(
        "Thank you for telling me.",
        "Good to know.",
        "I see. Is there anything I can help you with there?",
        "Interesting.",
        "Oh, really? How did that come about?",
        "All right. What would you like to do next?",
        "Understood.",
        "I will keep it in mind.",
    ),
    people=(
        "my sister",
        "my brother",
        "my neighbour",
        "my colleague",
        "my aunt",
        "my cousin",
        "my flatmate",
        "my uncle",
        "my old teacher",
        "my landlady",
    ),
    values={
        "name": (
            tuple("Mi Ta Ru Bo Ze Lu Ki Pa No Fi Wa Ju Dori Hale Sati Gabi".split()),
            tuple("po vi lo na rix bel mo tan sy ko dle bert wen zu".split()),
        ),
        "price": (
            ("$",),
            tuple(map(str, range(11, 97))),
            tuple(".50 .20 .80 .95 .35 .75 .10 .65".split()),
        ),
        "place": (
            ("in ", "behind ", "under ", "on top of "),
            (
                *("the tall ", "the narrow ", "the painted ", "the broken "),
                *("the small ", "the round ", "the wide "),
            ),
            (
                *("cupboard", "shelf", "trunk", "desk", "wardrobe", "chest", "box", "bench"),
                *("cabinet", "basket"),
            ),
            (
                *(" in the hall", " in the attic", " by the window", " in the garage"),
                *(" in the cellar", " on the landing", " in the guest room", " at work"),
            ),
        ),
        "slot": (
            tuple("Mondays Tuesdays Wednesdays Thursdays Fridays Saturdays Sundays".split()),
            (" at ",),
            tuple("7 8 9 10 11 12 14 15 16 17 18 19 20".split()),
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
    },
    traits=TRAITS,
    outings=OUTINGS,
    spending=SPENDING,
    deeds=DEEDS,
)
