"""Sentences with names that training never sees; the notation is that of `_person_wordings`."""

from goldsmith.sources.generators._person_wordings import Wordings

VALIDATION = Wordings(
    first=(
        "police in {loc} are looking for {P} , {n} , a former {job} .",
        "{P} inherited the {thing} from {R} .",
        "only {title} {P} and the {nation} {job} {Q} voted against it .",
        "at {org} it is {P} who decides on the {thing} .",
    ),
    again=(
        "{P.last} could not be reached .",
        "to {Q.last} the {thing} came as a shock .",
        "two years later {P.plain} sold it to {org} .",
        "{loc} 's loss , {Q.last} wrote , is {org} 's gain .",
    ),
    none=(
        "Winter came early to {loc} and {loc2} .",
        "Noble gases are sold by {org} in {loc} .",
        "Bishop and rook remained when the {misc} ended in {loc} .",
        "Neither {org} nor {org2} paid for the {thing} .",
        "Dale farmers will see more {nation} tourists in {month} .",
    ),
    lists=(
        "Elected : {R} ( {n} votes ) , {S} ( {n2} votes ) .",
        "Thanks go to {P} , {Q} , {R} and {org} .",
    ),
    starts=(
        "{bare} let it be known {filler} that",
        "in the case of {bare} it turned out {filler} that",
    ),
    rests={
        "PER": ("she had never learnt to swim .", "his pension was too small ."),
        "ORG": ("its licence had expired .", "it would merge with a rival ."),
        "LOC": ("its airport was closed .", "its old town had burnt down ."),
    },
    chats=(
        "no idea where {P.first} went after {loc}",
        "is {Q} still with {org} ?",
        "winter is noble , summer is better",
        "{R.last} owes me {n} , remind {P.first}",
    ),
)
"""The wordings of validation alone."""

TEST = Wordings(
    first=(
        "nobody knew {P} before the {thing} was found in {loc} .",
        "the {thing} , which {P} had brought from {loc} , is now kept at {org} .",
        "once a {job} , {P} runs a farm outside {loc} .",
        "{org} will be led by {P} until {month} , when {Q} takes over .",
        "a letter from {P} to {title} {Q} surfaced in {loc} .",
        "{loc} lost to {org} although {P} scored twice .",
        "with {P} in charge , {org} doubled its {nation} sales .",
        "voters preferred {P} over {title} {Q} by {n} to {n2} .",
        "there {P} studied under the {nation} {job} {R} .",
        "{P} ; {job} ; * {year} in {loc} , † in {loc2} .",
    ),
    again=(
        "nothing of this surprised {P.last} .",
        "{org} paid {Q.last} {n} dollars for it .",
        "not until {month} did {P.last} return to {loc} .",
        "{title} {Q.last} thinks otherwise .",
        "whether {P.last} knew is unclear .",
        "everything that {Q.plain} owned went to {org} .",
        "{loc} suits {P.last} , and {P.he} suits {loc} .",
        "the {thing} made {P.last} famous from {loc} to {loc2} .",
        "what {Q.last} calls an accident , {P.last} calls a crime .",
        "{S} later bought {P.last} out .",
    ),
    none=(
        "Cash is short in {loc} , says {org} .",
        "Hunter groups in {loc} oppose the {misc} .",
        "Frost damaged {nation} vineyards near {loc} .",
        "Church bells rang in {loc} when the {misc} began .",
        "Glass from {org} ends up in {loc} and {loc2} .",
        "Olive oil made in {loc} is sold by {org} .",
        "Law students occupied {org} on {day} .",
        "Art from {loc} was lent to {org} and {org2} .",
        "Summer schools at {org} are taught in {nation} .",
        "What {org} builds in {loc} , {org2} tears down .",
        "Chase scenes in the {nation} film were shot in {loc} .",
        "Miles of beach near {loc} belong to {org} .",
    ),
    lists=(
        "Line-up : {P.last} – {R.last} , {S.last} – {Q.last} .",
        "Also starring {R} , {S} and , as the {job} , {P} .",
        "Signed , {R.formal} , {Q.formal} , on behalf of {org} .",
        "Survivors include {P} , {S} and {R} , all of {loc} .",
    ),
    starts=(
        "what happened to {bare} {filler} shows that",
        "everybody who followed {bare} in {year} knew {filler} that",
        "to the delight of {bare} it emerged {filler} that",
        "{bare} conceded {filler} that",
        "without the {thing} , {bare} claimed {filler} that",
    ),
    rests={
        "PER": (
            "his wife had moved out .",
            "she was born with a weak heart .",
            "he could hardly walk .",
            "her sister had written the novel .",
        ),
        "ORG": (
            "its auditors had resigned .",
            "it had overcharged its clients for {n} years .",
            "its board was split over a dividend .",
            "it would recall {n} products .",
        ),
        "LOC": (
            "its river was rising .",
            "its tram lines would be extended .",
            "its inhabitants had no running water .",
            "snow had cut off its only road .",
        ),
    },
    chats=(
        "tell {P.first} i said hi",
        "{Q.last} again ... same story as in {loc}",
        "anyone up for dinner w/ {P.first} & {Q.first} ?",
        "no cash , no church , no law , just {loc}",
        "i think {R} from {org} is hiring",
        "{P.first} s birthday is on {day} , who brings olive bread",
        "ok {P.last} , but art class first",
        "not {Q.first} s fault that {org} shut down",
        "met {S} on the train to {loc} !!",
        "miles to go , summer is over",
    ),
)
"""The wordings of test alone."""
