"""What an English-speaking user says of animals and things of their own."""

from __future__ import annotations

from golong_data.tasks.dialogue.wording import Trait, words

PET_NAMES = Trait(
    words("grey brown black white spotted striped one-eyed young tiny shy"),
    words("cat dog parrot rabbit tortoise hamster goat donkey hen gecko"),
    "name",
    said=(
        "I decided to call my {s} {v}.",
        "the name I chose for my {s} is {v}.",
        "my {s} answers to the name of {v}.",
        "my {s} is called {v}, and it suits the little rascal well.",
        "{v}, my {s}, kept me awake half the night.",
        "I am writing this with {v} on my lap, that is my {s}.",
        "the vet's card for my {s} says {v}, so the name is official now.",
    ),
    changed=(
        "I gave my {s} a new name: it is {v} now.",
        "we have renamed my {s}, from now on it is {v}.",
        "my {s} did not listen to the old name, so I call it {v} these days.",
        "as of today my {s} goes by {v}.",
        "from this week on it is {v} that I call my {s}.",
        "the old name of my {s} is history, I settled on {v}.",
    ),
    other=(
        "{p} has a {s} as well, that one is called {v}.",
        "the {s} that belongs to {p} is called {v}.",
        "{p} decided to call their {s} {v}.",
        "{v}, the {s} of {p}, kept me awake half the night.",
        "{p} gave their {s} a new name: it is {v} now.",
    ),
    plan=(
        "I nearly called my {s} {v}, but I dropped the idea.",
        "for a day I thought that {v} would suit my {s}, but I let it be.",
        "somebody suggested {v} as a name for my {s}, but it is not for me.",
        "I was about to call my {s} {v}, until I said it aloud a few times.",
        "{v} is what I considered for my {s}, but not for long.",
    ),
    asked=(
        "what is the name of my {s}?",
        "what did I name my {s}?",
        "I am filling in a form at the vet's: what is my {s} called?",
    ),
    now=("what is my {s} called now?", "what name does my {s} have these days?"),
    at=("what was my {s} called on {d}?", "which name did my {s} have on {d}?"),
    before=(
        "what was my {s} called before it got its latest name?",
        "what was the previous name of my {s}?",
    ),
    first=(
        "what did I call my {s} to begin with?",
        "which name did my {s} have first, of all that I told you?",
    ),
)

PLACES = Trait(
    words("green red blue silver grey spare small large heavy battered"),
    words(
        "passport toolbox camera tripod tent telescope typewriter lantern violin compass "
        "sewing_kit chess_set medicine_bag label_maker hand_drill"
    ),
    "place",
    said=(
        "I keep my {s} {v}.",
        "the place for my {s} is {v}.",
        "I put my {s} away, it lies {v}.",
        "my {s} is {v}, in case I ask you some day.",
        "{v} is where my {s} lives.",
        "I tidied up and found my {s} a home {v}.",
        "if I ever look for my {s}, remind me that it is {v}.",
    ),
    changed=(
        "I moved my {s}, it is {v} now.",
        "my {s} has a new place, it lives {v} now.",
        "my {s} was in the way, so I took it elsewhere and it is now {v}.",
        "from today my {s} is kept {v}.",
        "I cleared things out, and my {s} ended up {v}.",
        "{v} is the new place of my {s}.",
    ),
    other=(
        "{p} keeps a {s} {v}.",
        "the {s} of {p} lies {v}.",
        "{p} tidied up and found their {s} a home {v}.",
        "{v} is where the {s} of {p} lives.",
        "{p} moved their {s}, it is {v} now.",
    ),
    plan=(
        "I wanted to put my {s} {v}, but there was no room.",
        "somebody advised me to keep my {s} {v}, but I did not do that.",
        "I was about to leave my {s} {v}, but it is too damp there.",
        "I considered a place {v} for my {s}, but anyone could take it.",
        "my {s} could have gone {v}, but it would only gather dust.",
    ),
    asked=(
        "where do I keep my {s}?",
        "where did I say my {s} is?",
        "I am packing and cannot find my {s}: where is it?",
    ),
    now=("where is my {s} now?", "where do I keep my {s} these days?"),
    at=("where was my {s} on {d}?", "where did I keep my {s} on {d}?"),
    before=(
        "where was my {s} before I moved it the last time?",
        "what was the previous place of my {s}?",
    ),
    first=(
        "where did I keep my {s} to begin with?",
        "which place of my {s} did I tell you of first?",
    ),
)

CODES = Trait(
    words("blue brass long new cheap second heavy folding"),
    words(
        "bike_lock locker garden_gate alarm_box garage_door safe mailbox suitcase filing_cabinet"
    ),
    "code",
    said=(
        "I set the code of my {s} to {v}.",
        "the code of my {s} is {v}.",
        "my {s} opens with {v}.",
        "to open my {s} one has to enter {v}.",
        "{v} is the code that I chose for my {s}.",
        "I wrote it on no slip of paper, so remember that my {s} takes {v}.",
    ),
    changed=(
        "I changed the code of my {s}, it is {v} now.",
        "my {s} has a new code, {v}.",
        "as of today my {s} opens with {v}.",
        "the lock of my {s} was reset, and I entered {v} this time.",
        "{v} is what my {s} takes from now on.",
        "the old code of my {s} was too easy to guess, so it is {v} these days.",
    ),
    other=(
        "the code of the {s} of {p} is {v}.",
        "{p} has a {s} that opens with {v}.",
        "{p} set the code of their {s} to {v}.",
        "{v} opens the {s} of {p}.",
    ),
    plan=(
        "I nearly set the code of my {s} to {v}, but it is too easy to guess.",
        "the shop suggested {v} for my {s}, but I chose something else.",
        "I wanted to use {v} for my {s}, but the lock would not take it.",
        "{v} is what I considered for my {s}, but I would only forget it.",
    ),
    asked=(
        "what is the code of my {s}?",
        "which code opens my {s}?",
        "I am standing in front of my {s}: what do I have to enter?",
    ),
    now=("what is the code of my {s} now?", "which code opens my {s} these days?"),
    at=("what was the code of my {s} on {d}?", "which code opened my {s} on {d}?"),
    before=(
        "what was the code of my {s} before I changed it the last time?",
        "what was the previous code of my {s}?",
    ),
    first=(
        "which code did my {s} have to begin with?",
        "of the codes of my {s}, which did I tell you first?",
    ),
)

COLLECTIONS = Trait(
    words("old foreign signed rare framed tiny faded colourful"),
    words("postcards stamps coins maps badges records buttons bookmarks matchboxes"),
    "number",
    said=(
        "I own {v} {s} altogether.",
        "I counted my {s}, there are {v} of them.",
        "my collection of {s} has reached {v} pieces.",
        "there are {v} {s} on my shelves.",
        "it took a whole evening to put my {s} in order, all {v} of them.",
        "with {v} {s} in the house I am running out of drawers.",
    ),
    changed=(
        "my {s} have become {v} in number.",
        "after some buying and swapping I have {v} {s} now.",
        "I counted my {s} again and this time it was {v}.",
        "there was a flea market, so the count of my {s} stands at {v} now.",
        "as of today there are {v} {s} in my collection.",
        "some came and some went: my {s} are {v} now.",
    ),
    other=(
        "{p} has {v} {s}.",
        "the {s} of {p} number {v}.",
        "{p} counted their {s}, there are {v} of them.",
        "there are {v} {s} on the shelves of {p}.",
    ),
    plan=(
        "I was offered enough {s} to make it {v}, but I said no.",
        "I wanted to bring my {s} up to {v}, but gave that up.",
        "I had hoped for {v} {s} by the end of the year, but prices are too high.",
        "with the box from the auction my {s} would have been {v}, but I was outbid.",
    ),
    asked=(
        "how many {s} do I own?",
        "how many {s} did I say I have?",
        "the insurance wants to know how many {s} there are in my collection: what do I write?",
    ),
    now=("how many {s} do I own now?", "how many {s} are in my collection these days?"),
    at=("how many {s} did I own as of {d}?", "how large was my collection of {s} on {d}?"),
    before=(
        "how many {s} did I own before the latest change?",
        "what was the previous count of my {s}?",
    ),
    first=(
        "how many {s} did I own to begin with?",
        "which count of my {s} did I tell you first?",
    ),
)

BOUGHT = Trait(
    words("linen leather checked woollen waterproof second-hand folding patterned"),
    words(
        "jacket suitcase desk_lamp rucksack tablecloth raincoat curtain cushion deckchair blanket"
    ),
    "firm",
    said=(
        "I got my {s} from {v}.",
        "my {s} comes from {v}.",
        "{v} is the shop where I found my {s}.",
        "I went into {v} for a gift and came out with my {s}.",
        "people keep asking about my {s}, so, it is from {v}.",
        "it was {v} that sold me my {s}.",
    ),
    other=(
        "{p} got a {s} from {v}.",
        "the {s} of {p} comes from {v}.",
        "{v} is the shop where {p} found a {s}.",
        "it was {v} that sold {p} a {s}.",
    ),
    plan=(
        "I wanted to get my {s} from {v}, but they had sold out.",
        "{v} had a {s} that I was tempted by, but it was too dear.",
        "somebody told me to look for a {s} at {v}, but I did not go.",
        "I almost took a {s} from {v}, but the seam was torn.",
    ),
    asked=(
        "where did I get my {s}?",
        "which shop does my {s} come from?",
        "my {s} needs a repair: which shop sold it to me?",
    ),
)

TRAITS = (PET_NAMES, PLACES, CODES, COLLECTIONS, BOUGHT)
