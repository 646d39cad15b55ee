"""What stands around an English-speaking user's facts: lead-ins, requests, answers."""

from __future__ import annotations

from golong_data.tasks.dialogue.wording import Talk

TALK = Talk(
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
        "Let me tell you what has kept me busy.",
        "Here is one for your notes.",
    ),
    leads=(
        "By the way,",
        "Oh, and",
        "Incidentally,",
        "As it happens,",
        "So you know,",
        "Speaking of nothing in particular,",
        "Just for the record,",
        "I should add that",
    ),
    closers=(
        "Anyway, where were we?",
        "That is all there is to it.",
        "Nothing more to say about it.",
        "So much for that.",
        "Let us go on.",
        "I thought I would tell you.",
        "It has been quite a week.",
        "No need to do anything about it.",
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
        "Thanks, noted. Shall we carry on?",
        "That sounds like a busy time.",
    ),
    errands=(
        (
            "What is a good way to get coffee stains out of a shirt?",
            "Rinse them with cold water from behind, then rub in a little washing-up liquid and "
            "leave it for ten minutes before you wash the shirt as usual.",
        ),
        (
            "Could you give me three ideas for a rainy afternoon?",
            "You could bake bread, sort old photographs, or learn a card game that you have "
            "always been curious about.",
        ),
        (
            "I need a polite line to end an e-mail to an office.",
            'Try this: "Thank you for your time. I look forward to hearing from you."',
        ),
        (
            "How often should one water a basil plant on a window sill?",
            "A little every day or two: the soil should be moist, never wet. Water from below and "
            "pour away what is left in the saucer.",
        ),
        (
            "Can you explain to me what compound interest is, in two sentences?",
            "Interest is added to what you saved, and from then on it earns interest as well. "
            "That is why a sum grows faster the longer it is left alone.",
        ),
        (
            "Please write me a short toast for a retirement party.",
            "To many years of good work, and to many more of good mornings without an alarm "
            "clock. Cheers!",
        ),
        (
            "Which stretches help against a stiff neck?",
            "Tilt your head slowly towards each shoulder, then turn it left and right, and roll "
            "your shoulders back ten times. Stop if anything hurts.",
        ),
        (
            "What rhymes with orange, if anything does?",
            "Nothing quite does. Poets get by with near rhymes such as door hinge, or they turn "
            "the line round.",
        ),
        (
            "I am looking for a word that means both kind and firm.",
            "Perhaps steadfast, or, with more warmth in it, benevolent. Gentle but resolute would "
            "also say it.",
        ),
        (
            "How do I keep a cast-iron pan from rusting?",
            "Dry it on the stove right after washing and rub in a thin film of oil while it is "
            "still warm.",
        ),
        (
            "Is it better to study in the morning or late at night?",
            "Whenever you are wide awake. For most people that is the morning, and sleep after "
            "studying helps memory.",
        ),
        (
            "Suggest a name for a quiz team, please.",
            "How about The Question Marks, or Quizzly Bears if it may be silly?",
        ),
        (
            "What should I look for when I choose new running shoes?",
            "A thumb's width of room at the toes, a heel that does not slip, and a shop that lets "
            "you run a few steps in them.",
        ),
        (
            "How can I make a speech less boring?",
            "Begin with a small story, say one thing per minute, and stop a little sooner than "
            "people expect.",
        ),
        (
            "Why is the sky red at sunset?",
            "The light comes a long way through the air then, and most of the blue is scattered "
            "out on the way.",
        ),
        (
            "I want to sleep better, what would you change?",
            "Go to bed at the same hour, keep the room cool and dark, and leave screens outside.",
        ),
        (
            "Can you help me think of a present for someone who has everything?",
            "Give time: a walk and a meal together, or an evening at a concert. It takes no room "
            "and is remembered.",
        ),
        (
            "How do I politely turn down an invitation?",
            "Thank them, say plainly that you cannot come, and wish them a good time. No excuse "
            "is needed.",
        ),
        (
            "What is the difference between baking soda and baking powder?",
            "Soda needs something sour in the mix to work. Powder brings its own acid along and "
            "only needs moisture and heat.",
        ),
        (
            "I cannot decide what to read next, any thoughts?",
            "Something short after something long: a collection of stories, or letters. Leave it "
            "after thirty pages if it does not hold you.",
        ),
        (
            "How do I get candle wax off a wooden table?",
            "Let it harden, lift it with a plastic card, and polish what is left with a warm, soft "
            "cloth.",
        ),
        (
            'Could you check whether "neither of them were" is right?',
            'In careful writing it is "neither of them was". In speech both are heard.',
        ),
    ),
)
