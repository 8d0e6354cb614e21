"""Sentences with names as training words them.

A wording is words separated by blanks, with slots in braces: {P} and {Q} are persons of the
article, named in full; {P.last}, {P.first} and {P.plain} are the same persons in short; {P.he}, {P.his} and
{P.him} their pronouns, without a tag. {R} and {S} are persons named once. {org}, {loc}, {misc}
and {nation} are other names, {bare} is a name that persons, places and organisations go by, and
what follows it decides which of them it is. All other slots are words.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Wordings(NamedTuple):
    """The wordings of one pool.

    Attributes:
        first: sentences that introduce a person.
        again: sentences on persons who have been introduced.
        none: sentences without a person, full of other names and of capitals.
        lists: names in a row.
        starts: beginnings of sentences on a {bare} name, the same for all tags.
        rests: what may follow a start, by the tag that it makes the bare name.
        chats: what people write in a hurry.
    """

    first: tuple[str, ...]
    again: tuple[str, ...]
    none: tuple[str, ...]
    lists: tuple[str, ...]
    starts: tuple[str, ...]
    rests: Mapping[str, tuple[str, ...]]
    chats: tuple[str, ...]


TRAIN = Wordings(
    first=(
        "{P} , a {job} from {loc} , won the {misc} in {year} .",
        "{org} has named {P} as its new {job} .",
        "{title} {P} told reporters in {loc} that the {thing} was “ a gift ” .",
        "the {nation} {job} {P} was born in {loc} in {year} .",
        "{P} ( born {year} in {loc} ) is a {nation} {job} .",
        "in {month} , {P} left {org} for {org2} after {n} years .",
        "“ We never saw the {thing} , ” said {P} , who works for {org} .",
        "according to {P} of {org} , the {thing} will cost $ {n} million .",
        "the prize went to {P} and {Q} for their work in {loc} .",
        "{nation} police questioned {P} about the {thing} on {day} .",
        "the winger , {P} , plays for {org} in {loc} .",
        "{title} {P} of {loc} opened the {thing} with {title} {Q} .",
        "{org} 's {P} beat {nation} champion {Q} in {n} minutes .",
        "as a child in {loc} , {P} wanted to become a {job} .",
        "documents seen by {org} show that {P} signed for the {thing} .",
    ),
    again=(
        "{P.last} joined {org} in {year} and moved to {loc} .",
        "{title} {P.last} denied it .",
        "asked about the {thing} , {P.last} smiled .",
        "“ I doubt it , ” {P.last} said on {day} .",
        "both {P.last} and {Q.last} have lived in {loc} .",
        "{Q.last} , however , blamed {org} for the {thing} .",
        "a spokesman for {P.last} declined to comment .",
        "{P.last} 's {thing} was shown in {loc} and at {org} .",
        "in {year} {P.he} married {R} , a {job} .",
        "{P.first} , as everybody in {loc} called {P.him} , kept {P.his} word .",
        "the {nation} judge sided with {Q.last} .",
        "friends remember {P.plain} as a quiet {job} .",
        "it was {P.last} who found the {thing} near {loc} .",
        "{Q} and {P.last} met again in {month} .",
        "{org} v. {P.last} was heard in {loc} .",
    ),
    none=(
        "{org} opened a branch in {loc} on {day} .",
        "Young voters in {loc} stayed at home , {org} said .",
        "Banks in {loc} closed early on {day} because of the {thing} .",
        "{loc} and {loc2} owe a lot to the {misc} .",
        "Rose growers near {loc} sued {org} over the {thing} .",
        "Shares of {org} rose {n} % in {loc} , while {org2} fell .",
        "Hope is fading in {loc} after the {thing} .",
        "Stone from {loc} was used for the {thing} of {org} .",
        "The {misc} was talked about in {loc} for the first time since {year} .",
        "Grace periods end in {month} , {org} reminded its {nation} clients .",
        "Frank talks between {org} and {org2} lasted until {day} .",
        "Long queues formed outside {org} in {loc} .",
        "Bill by bill , {org} paid off its {nation} lenders .",
        "King tides flooded {loc} and {loc2} on {day} .",
        "Few {nation} papers reported the {thing} , but {org} did .",
        "Mark-ups at {org} , the {sector} , reached {n} % .",
        "Under the {misc} , {org} must leave {loc} by {month} .",
        "{org} , a {nation} {sector} , is based in {loc} and has {n} clerks .",
        "Wood prices in {loc} doubled in {month} .",
        "Day trips to {loc} are offered by {org} and {org2} .",
    ),
    lists=(
        "The jury : {R} , {S} , {P} and {Q} ( chair ) .",
        "Present : {P.last} , {Q.last} , {R} ; excused : {S} .",
        "{org} : {R.last} ; {S.last} , {P.last} , {Q.last} .",
        "Goals : {P.last} {n} , {R.last} {n2} .",
        "Written by {R} , {S} and {P} for {org} .",
        "Members from {loc} are {R.formal} , {S.formal} and {Q.formal} .",
    ),
    starts=(
        "{bare} said on {day} {filler} that",
        "on {day} , {bare} announced {filler} that",
        "critics of {bare} complained {filler} that",
        "for {bare} the {thing} meant {filler} that",
        "the report about {bare} {filler} mentions that",
        "{bare} , the story goes , was so proud of the {thing} that",
        "little was heard of {bare} in {year} , except {filler} that",
    ),
    rests={
        "PER": (
            "she would not run for office again .",
            "he had slept badly and lost his keys .",
            "her knee was still sore .",
            "his mother disliked the idea .",
            "she had hired a lawyer .",
        ),
        "ORG": (
            "it would close {n} branches .",
            "its shareholders would vote in {month} .",
            "its chief executive had sold his shares .",
            "its profits had halved .",
            "it had laid off half of its staff .",
        ),
        "LOC": (
            "its harbour had frozen over .",
            "its streets were under water .",
            "its residents would go to the polls in {month} .",
            "tourists filled its squares .",
            "its northern suburbs had no power .",
        ),
    },
    chats=(
        "has anyone told {P.first} yet ?",
        "{P.plain} is late again , typical",
        "omg {Q.first} just called , she is in {loc}",
        "can you ask {P} about the {thing} pls",
        "long day , mark my words , never again",
        "saw {P.first} and {Q.first} at {org} lol",
        "thx {Q.first} ! see you in {loc} on {day}",
        "the rose i bought died , hope the bill is small",
        "who is {R} and what do they want from me",
        "@{Q.first} did {P.last} pay the bill ?",
        "grace and joy all around at {org} today",
        "tickets for {loc} are gone , {P.first} has two left",
        "young people in {loc} do not read this",
        "my boss , dr {P.last} , wants the {thing} by {day}",
        "will {Q.first} bring the rice or do i cook ?",
        "frank answer from {org} : no {thing} before {month}",
    ),
)
"""The wordings of training, and the known ones of the other splits."""
