"""Invented companies, by split: no name is in two of them."""

from collections.abc import Mapping

STEMS: Mapping[str, tuple[str, ...]] = {
    "train": (
        *("Halbrook", "Corvane", "Brightmere", "Tessington", "Ostermoor", "Kestwick", "Marlind"),
        *("Quillmere", "Pinehollow", "Dunsworth", "Averley", "Solwick", "Greyhaven", "Norbeck"),
        *("Lathmore", "Vantley", "Elmhurst Vale", "Carrowby", "Stonewick", "Hollenby", "Redfern"),
        *("Amberlow", "Fennimore", "Juniper Cross", "Wolcott", "Tarnfield", "Ellerby", "Oakmoor"),
    ),
    "validation": (
        *("Penrith Lane", "Aldermere", "Rossendale", "Tidewell", "Cobbleton", "Fernhollow"),
        *("Wexley", "Ingleford", "Silverbeck", "Marchwood"),
    ),
    "test": (
        *("Thornhaven", "Castleby", "Wyndham Park", "Orrinmoor", "Saltwick", "Larkfield"),
        *("Bexmoor", "Drumlin", "Ravenmere", "Mossley Hall", "Fairwater", "Ulverley", "Hartsop"),
        *("Nettlecombe", "Yarrowby", "Zennor", "Kirkdale", "Islemere"),
    ),
}
TRADES: Mapping[str, tuple[str, ...]] = {
    "privacy": ("Travel", "Fitness", "Learning", "Market", "Streaming", "Mobile", "Home Store"),
    "insurance": ("Mutual", "Insurance", "Assurance", "Underwriters", "Protect"),
    "hr": ("Logistics", "Foods", "Engineering", "Clinics", "Textiles", "Software", "Paper"),
}
TITLES: Mapping[str, tuple[str, ...]] = {
    "privacy": ("Privacy policy of {company}", "{company} – how we treat personal data",
                "{company}: privacy notice"),
    "insurance": ("{company}: terms of insurance", "General conditions of {company}",
                  "{company} – policy booklet"),
    "hr": ("{company}: staff handbook", "Personnel policy of {company}",
           "{company} – rules for employees"),
}  # fmt: skip

TRAIN_OPENINGS = (
    "Just to be sure:", "I could not find this in your terms.", "A question before I sign:",
    "Please help me.", "I have been wondering:", "My wife and I are not certain.",
)  # fmt: skip
VALIDATION_OPENINGS = ("Good morning.", "Short question:", "I read it twice and still ask:")
TEST_OPENINGS = (
    "Sorry if this is obvious.", "One thing is unclear to me:", "Hi there,",
    "Before anything goes wrong:", "For my notes:",
)  # fmt: skip
