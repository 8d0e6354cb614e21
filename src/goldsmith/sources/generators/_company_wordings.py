"""Sentences with companies and with what goes by the same names.

{C} and {D} are companies named in full, {C.short} one of them in short; {person}, {title}, {place}
(a town), {named} (a street, a lake, a school by a company's or a family's name) and {product} (by a
company's or its own name) are none. All other slots are words.
"""

from typing import NamedTuple


class Wordings(NamedTuple):
    """The wordings of one pool.

    Attributes:
        companies: sentences that name one.
        shorts: sentences that name one in short.
        none: sentences without one, full of capitals.
    """

    companies: tuple[str, ...]
    shorts: tuple[str, ...]
    none: tuple[str, ...]


TRAIN = Wordings(
    companies=(
        "Shares of {C} fell {n} percent on {day} .",
        "{C} , based in {place} , has {n} employees .",
        "{C} said it will buy {D} for $ {n} million .",
        "In {year} , {person} left {C} to found {D} .",
        "{person} , who runs {C} , declined to comment .",
        "The {product} is made by {C} in {place} .",
        "Workers at {C} in {place} went on strike on {day} .",
        "{C} and {D} will build a plant near {named} .",
        "The suit against {C} was dropped in {month} .",
        "A spokeswoman for {C} said that {person} had resigned .",
        "{person} joined {C} as an engineer in {year} .",
        "The merger of {C} with {D} needs approval in {place} .",
        "{C} posted a profit of $ {n} million for {year} .",
        "Invoice from {C} , due on {day} , total $ {n} .",
        "{place} fined {C} after the fire at {named} .",
        "She sold her stake in {C} to {person} .",
    ),
    shorts=(
        "{C.short} was founded in {year} .",
        "Last {month} {C.short} closed {n} of its shops in {place} .",
        "Analysts expect {C.short} to cut {n} jobs .",
        "{C.short} 's new {product} sold badly .",
        "The contract with {C.short} ends in {year} .",
        "{person} owns a third of {C.short} .",
        "Both {C.short} and {D.short} deny it .",
        "Nobody at {C.short} answered the phone .",
    ),
    none=(
        "{person} bought a {product} in {place} on {day} .",
        "The {product} won a prize in {month} {year} .",
        "{title} {person} grew up near {named} .",
        "{person} and {person} met at {named} in {place} .",
        "We walked from {named} to {named} in {n} minutes .",
        "Only a limited group of partners knew of it in {year} .",
        "{place} lies {n} miles north of {named} .",
        "On {day} , {title} {person} opened {named} .",
        "The {product} , red and loud , stood in {named} .",
        "The company is small , said {person} of {place} .",
        "{person} wrote “ {stem} ” , a novel about {place} , in {year} .",
        "The river {stem} flows through {place} .",
    ),
)
VALIDATION = Wordings(
    companies=(
        "{C} opened an office in {place} in {year} .",
        "The board of {C} met {person} on {day} .",
        "Regulators in {place} are looking at {C} .",
        "{C} makes the {product} and {n} other things .",
    ),
    shorts=(
        "{C.short} has doubled its sales since {year} .",
        "He worked for {C.short} until {month} .",
    ),
    none=(
        "{person} lost a {product} near {named} .",
        "{title} {person} moved to {place} in {year} .",
        "{named} was closed on {day} .",
        "They called the boat {stem} and sailed to {place} .",
    ),
)
TEST = Wordings(
    companies=(
        "{C} hired {person} away from {D} in {month} .",
        "A court in {place} ordered {C} to pay $ {n} million .",
        "Customers of {C} waited {n} hours for the {product} .",
        "Two years after {D} bought it , {C} is for sale again .",
        "{person} , formerly of {C} , lives in {place} .",
        "The bridge was paid for by {C} and opened by {title} {person} .",
        "Payable to {C} , {n} {named} , {place} .",
        "According to {C} , the {product} arrives in {month} .",
    ),
    shorts=(
        "{C.short} shares rose after the news from {place} .",
        "What {C.short} lost , {D.short} won .",
        "In {place} everybody knows {C.short} .",
        "{C.short} , however , hopes for {year} .",
    ),
    none=(
        "{person} painted the {product} blue .",
        "The fair in {place} showed a {product} and {n} horses .",
        "{title} {person} was born in {named} , {place} .",
        "{named} and {named} were flooded in {month} .",
        "Her first film , “ {stem} ” , was shot in {place} .",
        "{person} climbed Mount {stem} with {person} in {year} .",
    ),
)
