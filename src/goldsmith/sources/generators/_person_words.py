"""Places, organisations and other names, and the words around names, in three pools.

Patterns take {family}, {given} and {full} from persons that occur nowhere else, so that a name
in itself never tells whether a person is meant.
"""

from collections.abc import Mapping
from typing import NamedTuple

PER, ORG, LOC, MISC = "PER", "ORG", "LOC", "MISC"


class Words(NamedTuple):
    """The words of one pool.

    Attributes:
        places: names of places.
        bare: names that persons, places and organisations alike go by.
        patterns: forms of longer names by tag.
        plain: words of other slots.
    """

    places: tuple[str, ...]
    bare: tuple[str, ...]
    patterns: Mapping[str, tuple[str, ...]]
    plain: Mapping[str, tuple[str, ...]]


TRAIN_WORDS = Words(
    places=("Arlesford", "Braunfeld", "Cardiff", "Dakar", "East Tilbury", "Gdańsk", "Helsinki",
            "Izmir", "Kuala Lumpur", "Lisbon", "Manila", "Nairobi", "Oslo", "Paris", "Quito",
            "Rosario", "Saint-Malo", "Tampa", "Utrecht", "Valparaíso", "Wichita", "York", "London",
            "Georgia", "Boston"),
    bare=("Halden", "Marlowe", "Lincoln", "Kent", "Paris", "Chester", "Corwin", "Rose", "Banks",
          "Stone", "Holland", "Preston", "Burton", "Wells", "Tessaly", "Young", "Morrow", "Hill",
          "Lancaster", "Clyde", "Dunmore", "Vega", "Montoya", "Berg"),
    patterns={
        ORG: ("{family} Foundation", "{full} Institute", "{family} & {family2}",
              "{family} Brothers", "{family} Motors", "{place} United", "University of {place}",
              "Bank of {place}", "St. {given} Hospital", "{family} Steel", "{acronym}",
              "{given} {family} School", "{family} , {family2} & Partners", "{family}"),
        LOC: ("{place}", "{place}", "{place}", "{place}", "{family} Street", "Lake {family}",
              "{family} County", "Port {family}", "Mount {given}", "{given} Island"),
        MISC: ("{family} Prize", "{given} {family} Cup",
               "{place} Marathon", "{family} Act", "Treaty of {place}"),
    },
    plain={
        "nation": ("Danish", "Bolivian", "Kenyan", "Welsh", "Malay", "Swiss", "Quechua", "Flemish"),
        "title": ("Dr.", "President", "Prof.", "Deputy", "Lt.", "Senator", "Captain", "Minister",
                  "Judge", "Coach"),
        "job": ("mayor", "striker", "novelist", "surgeon", "finance minister", "cellist",
                "chief executive", "goalkeeper", "bishop", "architect"),
        "sector": ("pump maker", "insurer", "airline", "grocer", "shipbuilder"),
        "day": ("Monday", "Tuesday", "Wednesday", "Thursday"),
        "month": ("January", "May", "June", "October"),
        "thing": ("bridge", "budget", "opera", "vaccine", "merger", "strike", "manuscript",
                  "stadium"),
        "filler": (", as expected ,", "after weeks of rumours", ", to nobody 's surprise ,",
                   "in a short statement", ", if only in passing ,"),
    },
)  # fmt: skip
"""The words of training, and of the known wordings of the other splits."""

VALIDATION_WORDS = Words(
    places=("Aberystwyth", "Brno", "Cusco", "Dale City", "Ghent", "Lahti", "Milan", "Pristina",
            "Tallinn", "Zaragoza"),
    bare=("Bishop", "Dale", "Milan", "Winter", "Ormerod", "Elsmere", "Noble", "Zande"),
    patterns={
        ORG: ("{family} Laboratories", "{full} Centre", "{family} Bank", "{place} Wanderers",
              "College of {place}", "{acronym}", "{family}"),
        LOC: ("{place}", "{place}", "{family} Avenue", "Cape {family}", "{family} Valley"),
        MISC: ("{family} Report", "{place} Open"),
    },
    plain={
        "nation": ("Latvian", "Basque", "Nepali", "Cornish"),
        "title": ("Chancellor", "Maj.", "Inspector"),
        "job": ("trade unionist", "sculptor", "midfielder", "chemist"),
        "sector": ("brewer", "phone company"),
        "day": ("Friday", "Thursday"),
        "month": ("February", "July"),
        "thing": ("tunnel", "verdict", "screenplay"),
        "filler": (", once again ,", "at short notice"),
    },
)  # fmt: skip
"""The words of validation alone."""

TEST_WORDS = Words(
    places=("Asunción", "Bath", "Bergamo", "Cleveland", "Düsseldorf", "Florence", "Jordan",
            "Košice", "Lagos", "Montpellier", "New Hastings", "Ottawa", "Perth", "Reykjavík",
            "Sydney", "Tbilisi", "Uppsala", "Vienna", "Wexcombe", "Łódź"),
    bare=("Washington", "Hastings", "Florence", "Sydney", "Frost", "Hunter", "Bath", "Jordan",
          "Cleveland", "Berlin", "Savage", "Cavendish", "Holroyd", "Norfolk", "Church", "Velde",
          "Austin", "Brooks"),
    patterns={
        ORG: ("{family} Clinic", "{full} Trust", "{family} Airlines", "{place} Rovers",
              "{family} and Sons", "House of {family}", "{place} City Council", "{full} Academy",
              "{family} Partners", "Friends of {full}", "{acronym}", "{family}"),
        LOC: ("{place}", "{place}", "{place}", "{family} Bridge", "{family} Heights",
              "Fort {family}", "{given} {family} Square", "Villa {family}"),
        MISC: ("{family} Medal", "{place} Biennale", "{family} affair",
               "Battle of {place}", "{given} {family} Lectures"),
    },
    plain={
        "nation": ("Icelandic", "Ghanaian", "Catalan", "Georgian", "Tamil", "Uruguayan"),
        "title": ("Justice", "Rev.", "Sgt.", "Commissioner", "Ambassador", "Governor", "Colonel"),
        "job": ("goldsmith", "playwright", "fly-half", "epidemiologist", "treasurer", "violinist",
                "opposition leader", "beekeeper"),
        "sector": ("chip designer", "publisher", "railway operator", "seed company"),
        "day": ("Saturday", "Sunday", "Friday"),
        "month": ("March", "April", "August", "November"),
        "thing": ("treaty", "portrait", "antibody", "takeover", "reservoir", "cookbook"),
        "filler": (", against all odds ,", "some hours later", ", in plain words ,",
                   "without further comment"),
    },
)  # fmt: skip
"""The words of test alone."""
