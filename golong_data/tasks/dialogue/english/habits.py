"""What an English-speaking user says of habits and costs, and what the assistant advises."""

from __future__ import annotations

from golong_data.tasks.dialogue.wording import Trait, words

PRICES = Trait(
    words("monthly family yearly basic premium student weekend shared"),
    words(
        "gym_membership phone_plan parking_permit train_pass newspaper cloud_storage "
        "storage_unit music_plan garden_plot swimming_pass internet_contract"
    ),
    "price",
    said=(
        "my {s} costs me {v} at the moment.",
        "I signed up for a {s}, it is {v} each time.",
        "for my {s} I pay {v}.",
        "{v} leaves my account for my {s} each time.",
        "I looked through my bills, and my {s} comes to {v}.",
        "my {s} is worth its {v} to me.",
    ),
    changed=(
        "they changed the price of my {s}, I pay {v} from today.",
        "the bill for my {s} is {v} from now on.",
        "a letter came: my {s} costs {v} now.",
        "I have a new contract for my {s}, and it is {v} from this week on.",
        "{v} is what my {s} costs me after the change of prices.",
        "the old price of my {s} is gone, I am down for {v} now.",
    ),
    other=(
        "{p} pays {v} for a {s}.",
        "the {s} of {p} comes to {v}.",
        "{p} signed up for a {s}, it is {v} each time.",
        "{v} leaves the account of {p} for a {s} each time.",
    ),
    plan=(
        "they offered me my {s} for {v}, but I did not take the offer.",
        "I had hoped to get my {s} for {v}, but it did not work out.",
        "with a voucher my {s} would have been {v}, but it had run out.",
        "I was going to switch my {s} to a rate of {v}, but left it as it is.",
    ),
    asked=(
        "how much did I say I pay for my {s}?",
        "what does my {s} cost me?",
        "I am drawing up my budget: what do I enter for my {s}?",
    ),
    now=("how much do I pay for my {s} now?", "what does my {s} cost me these days?"),
    at=("how much did I pay for my {s} on {d}?", "what did my {s} cost me as of {d}?"),
    before=(
        "how much did I pay for my {s} before the latest change?",
        "what was the previous price of my {s}?",
    ),
    first=(
        "how much did I pay for my {s} to begin with?",
        "which price of my {s} did I tell you first?",
    ),
)

CLASSES = Trait(
    words("pottery Spanish yoga choir chess fencing drawing tango swimming sewing"),
    words("class group course workshop practice"),
    "slot",
    said=(
        "my {s} is on {v}.",
        "I joined a {s}, we meet on {v}.",
        "the regular time of my {s} is {v}.",
        "please never plan anything on {v}, that is when my {s} is.",
        "on {v} I am always at my {s}.",
        "I put my {s} into the calendar, {v} it is.",
    ),
    changed=(
        "my {s} has been moved, it is on {v} now.",
        "they shifted my {s} to {v}.",
        "the hall is taken, so my {s} is on {v} from now on.",
        "there is a new timetable, and my {s} went to {v}.",
        "as of this week I go to my {s} on {v}.",
        "{v} is the new time of my {s}.",
    ),
    other=(
        "{p} goes to a {s} on {v}.",
        "the {s} of {p} is on {v}.",
        "on {v} {p} is always at a {s}.",
        "{p} joined a {s}, they meet on {v}.",
    ),
    plan=(
        "they thought of holding my {s} on {v}, but most of us were against it.",
        "I asked whether my {s} could be on {v}, but it could not.",
        "our teacher proposed {v} for my {s}, but the hall was taken.",
        "I was hoping to find a {s} on {v}, but there was no place left.",
    ),
    asked=(
        "when is my {s}?",
        "on which day and at what time is my {s}?",
        "I have to fix a doctor's appointment: when am I at my {s}?",
    ),
    now=("when is my {s} now?", "at what time is my {s} these days?"),
    at=("when was my {s} held as of {d}?", "on {d}, which weekday and time did my {s} have?"),
    before=(
        "when was my {s} before it was moved the last time?",
        "what was the previous time of my {s}?",
    ),
    first=(
        "when was my {s} to begin with?",
        "which time of my {s} did I tell you first?",
    ),
)

FIRMS = Trait(
    words("main nearby local regular cheap weekend careful trusted"),
    words(
        "dentist barber optician bakery garage tailor plumber bank vet florist bookbinder "
        "accountant"
    ),
    "firm",
    said=(
        "my {s} is called {v}.",
        "I found a {s}, the name is {v}.",
        "the {s} I go to is {v}.",
        "if you need a name for the form, my {s} is {v}.",
        "{v} is my {s}, and I am quite happy there.",
        "I have been with {v} for a while, that is my {s}.",
    ),
    changed=(
        "I have a different {s} now, namely {v}.",
        "I left my {s} and went over to {v}.",
        "my {s} closed down, so I go to {v} now.",
        "from now on {v} is my {s}.",
        "I was not happy with my {s} any more and changed to {v}.",
        "there has been a change: my {s} is {v} from today.",
    ),
    other=(
        "the {s} that {p} swears by is {v}.",
        "{p} goes to a {s} named {v}.",
        "{v} is the {s} of {p}.",
        "{p} has a different {s} now, namely {v}.",
    ),
    plan=(
        "I had {v} in mind as my {s}, but they had no time for me.",
        "I looked at {v} as a possible {s}, but did not like the place.",
        "somebody suggested {v} when I was looking for a {s}, but it is too far away.",
        "I nearly chose {v} as my {s}, but the queue was endless.",
    ),
    asked=(
        "what is the name of my {s}?",
        "which {s} do I go to?",
        "a new neighbour asks me about my {s}: what is it called?",
    ),
    now=("which {s} do I go to now?", "what is my {s} called these days?"),
    at=("which {s} did I go to on {d}?", "what was my {s} called on {d}?"),
    before=(
        "which {s} did I go to before the one I have now?",
        "what was the name of my previous {s}?",
    ),
    first=(
        "which {s} did I go to to begin with?",
        "of all the names that I gave you for my {s}, which was the first?",
    ),
)

RECORDS = Trait(
    words("5-km 10-km half-mile indoor uphill relay night winter"),
    words("run swim row ski_tour ride skate obstacle_race"),
    "time",
    falls=True,
    said=(
        "my best time for the {s} is {v}.",
        "I timed myself on the {s} and got {v}.",
        "my record for the {s} stands at {v}.",
        "for the {s} I need {v} when all goes well.",
        "{v} is the fastest I have ever done the {s} in.",
        "the stopwatch showed {v} for the {s}, which is my best so far.",
    ),
    changed=(
        "I have a new personal best for the {s}, it is {v}.",
        "I beat my own record for the {s}, it stands at {v} since today.",
        "my legs were good today, so my best for the {s} is now {v}.",
        "the training pays off: I did the {s} in {v}, faster than ever.",
        "{v} is my new record for the {s}.",
        "I was faster than ever on the {s} today and stopped the clock at {v}.",
    ),
    other=(
        "{p} did the {s} in {v}.",
        "the best time of {p} for the {s} is {v}.",
        "the stopwatch showed {v} for {p} in the {s}.",
        "{v} is the new record of {p} for the {s}.",
    ),
    plan=(
        "I was hoping for {v} in the {s}, but I was not that fast.",
        "my coach said {v} was possible in the {s}, but I never got there.",
        "with better shoes I would have done the {s} in {v}, or so I tell myself.",
        "I wanted to do the {s} in {v}, but had to give up halfway.",
    ),
    asked=(
        "what is my personal best for the {s}?",
        "what is my record for the {s}?",
        "the race office wants my best time for the {s}: what do I enter?",
    ),
    now=(
        "what is my personal best for the {s} now?",
        "what is my best time for the {s} these days?",
    ),
    at=(
        "what was my personal best for the {s} as of {d}?",
        "on {d}, what was my record for the {s}?",
    ),
    before=(
        "what was my personal best for the {s} before the latest one?",
        "what was my previous record for the {s}?",
    ),
    first=(
        "what was my personal best for the {s} to begin with?",
        "which time for the {s} did I tell you first?",
    ),
)

COMMUTES = Trait(
    words("daily usual Monday winter rainy-day weekend"),
    words("commute bus_ride school_run bike_ride_to_work drive_to_the_office ferry_trip"),
    "minutes",
    said=(
        "my {s} takes {v}.",
        "for my {s} I need {v} from door to door.",
        "I spend {v} on my {s}.",
        "{v} is what I have to allow for my {s}.",
        "I listen to podcasts on my {s}, it is {v} after all.",
        "my {s} is {v}, so I leave the house in good time.",
    ),
    changed=(
        "the route has changed, and my {s} takes {v} now.",
        "with the roadworks my {s} is {v} these days.",
        "my {s} has come to {v} since the move.",
        "there is a new timetable: {v} for my {s} from now on.",
        "I go another way now and my {s} takes {v}.",
        "I timed my {s} again, it is {v} now.",
    ),
    other=(
        "the {s} of {p} takes {v}.",
        "{p} spends {v} on their {s}.",
        "{p} needs {v} for the {s} from door to door.",
        "for {p} the {s} is {v} these days.",
    ),
    plan=(
        "I had hoped to get my {s} down to {v}, but there are too many lights.",
        "they told me my {s} would have been {v} with the express, but it was cancelled.",
        "I considered a flat from where my {s} would be {v}, but the rent was too high.",
        "the map suggested {v} for my {s}, which is nonsense.",
    ),
    asked=(
        "how long is my {s}?",
        "how much time did I say my {s} takes?",
        "I want to choose an audiobook for my {s}: how long does it take me?",
    ),
    now=("how long is my {s} now?", "how much time does my {s} take these days?"),
    at=("how long was my {s} on {d}?", "how much time did my {s} take as of {d}?"),
    before=(
        "how long was my {s} before the latest change?",
        "what was the previous length of my {s}?",
    ),
    first=(
        "how long was my {s} to begin with?",
        "which length of my {s} did I tell you first?",
    ),
)

TASTES = Trait(
    words("morning Sunday weekend winter late-night holiday birthday"),
    words("coffee tea soup porridge salad cake sandwich hot_chocolate rice_pudding"),
    "taste",
    said=(
        "I like my {s} {v}.",
        "I always have my {s} {v}.",
        "when it comes to my {s}, I want it {v}.",
        "nothing beats my {s} when it is {v}.",
        "{v}, that is how I enjoy my {s} most.",
        "people laugh at me, but my {s} has to be {v}.",
    ),
    changed=(
        "my taste has changed, I want my {s} {v} now.",
        "these days I like my {s} {v}.",
        "I have gone over to having my {s} {v}.",
        "lately my {s} has to be {v}.",
        "{v}, that is how I have my {s} from now on.",
        "I am done with the old way, my {s} is {v} from today.",
    ),
    other=(
        "{p} likes the {s} {v}.",
        "{p} always has the {s} {v}.",
        "{v}, that is how {p} enjoys the {s} most.",
        "lately {p} wants the {s} {v}.",
    ),
    plan=(
        "I meant to try my {s} {v}, but the smell alone put me off.",
        "somebody served me my {s} {v}, and I left it standing.",
        "I was tempted to order my {s} {v}, but stayed with what I know.",
        "a magazine proposed to have the {s} {v}, which sounds awful to me.",
    ),
    asked=(
        "how do I like my {s}?",
        "order my {s} for me, please: which of these is to my taste?",
        "which of these would suit me best as my {s}, from what I told you?",
    ),
    now=("how do I like my {s} now?", "which of these is to my taste as my {s} these days?"),
    at=("how did I like my {s} on {d}?", "which of these was my taste for my {s} as of {d}?"),
    before=(
        "how did I like my {s} before my taste changed the last time?",
        "what was my previous way of having my {s}?",
    ),
    first=(
        "how did I like my {s} to begin with?",
        "which way of having my {s} did I tell you of first?",
    ),
)

ADVICE = Trait(
    words("quiet cheap festive late vegetarian garden quick"),
    words("dinner lunch breakfast birthday_party tea_party wedding_meal business_lunch"),
    "firm",
    said=(
        "for a {s} I would recommend {v}.",
        "my suggestion for a {s} is {v}.",
        "if it is to be a {s}, I would book a table at {v}.",
        "{v} should be the right place for a {s}.",
        "a good choice for a {s} is {v}.",
        "I would try {v}, it is made for a {s}.",
    ),
    other=(
        "{p} recommended {v} for a {s}.",
        "{p} told me to try {v} for a {s}.",
        "{p} booked a table at {v} for a {s}.",
        "{v} is where {p} had a {s}.",
    ),
    plan=(
        "somebody mentioned {v} for a {s}, but it has closed.",
        "I read about {v} as a place for a {s}, but I do not believe it.",
        "a leaflet offered a {s} at {v}, but the date had passed.",
        "I nearly booked {v} for a {s}, but they wanted a deposit.",
    ),
    asked=(
        "which place did you recommend to me for a {s}?",
        "what was your suggestion for a {s}?",
        "remind me, please: where did you say I should go for a {s}?",
    ),
    prompt=(
        "where could I go for a {s}?",
        "can you suggest a place for a {s}?",
        "I need an idea for a {s}.",
        "what would you book if you wanted a {s} here in town?",
    ),
)

RECIPES = Trait(
    words("plain sweet savoury light gluten-free festive crisp"),
    words("pancake_batter pizza_dough sponge_cake white_sauce bread_loaf waffle_mix shortcrust"),
    "grams",
    said=(
        "for a {s} I would take {v} of flour.",
        "a {s} needs {v} of flour.",
        "start your {s} with {v} of flour and add the liquid bit by bit.",
        "with {v} of flour your {s} will come out well.",
        "{v} of flour is right for a {s}.",
        "weigh {v} of flour for your {s} and sift it twice.",
    ),
    other=(
        "{p} takes {v} of flour for a {s}.",
        "{p} swears by {v} of flour for a {s}.",
        "a {s} with {v} of flour is what {p} makes.",
        "{v} of flour is what {p} uses for a {s}.",
    ),
    plan=(
        "the packet suggested {v} of flour for a {s}, but that went wrong.",
        "I read about a {s} with {v} of flour, but it looked far too thick.",
        "I was about to take {v} of flour for a {s}, but the bag was empty.",
        "somebody mentioned {v} of flour for a {s}, which cannot be right.",
    ),
    asked=(
        "how much flour did you tell me to take for a {s}?",
        "what amount of flour did you give me for a {s}?",
        "I am in the kitchen: how much flour did you say goes into a {s}?",
    ),
    prompt=(
        "how much flour goes into a {s}?",
        "I would like to make a {s}, how much flour do I need?",
        "can you tell me the amount of flour for a {s}?",
        "my kitchen scale is ready: how much flour for a {s}?",
    ),
)

TRAITS = (PRICES, CLASSES, FIRMS, RECORDS, COMMUTES, TASTES, ADVICE, RECIPES)
