"""What names of companies, and what looks like them, are made of; held-out pools share nothing."""

from typing import NamedTuple


class Words(NamedTuple):
    """The words of one pool.

    Attributes:
        stems: invented names, of companies here and of products and places there.
        families, given: parts of names of persons, and of the companies that bear them.
        places: towns and regions.
        trades: what a company does, as a part of its name.
        products: common nouns that a product's name ends in, or begins with.
    """

    stems: tuple[str, ...]
    families: tuple[str, ...]
    given: tuple[str, ...]
    places: tuple[str, ...]
    trades: tuple[str, ...]
    products: tuple[str, ...]


SUFFIXES = (
    "Inc.", "Inc", "Ltd", "Ltd.", "Limited", "Corp.", "Corporation", "LLC", "plc", "GmbH", "AG",
    "A/S", "S.A.", "B.V.", "AB", "Oy", "& Co.", "& Sons", "Brothers", "Group", "Holdings", "Partners",
)  # fmt: skip

TRAIN_WORDS = Words(
    stems=(
        "Velmora", "Tarvik", "Quenta", "Brixal", "Nordelo", "Silvane", "Ostrava Nine", "Kelvaro",
        "Aldrin", "Pexton", "Zephyra", "Morvane", "Cobalt", "Harrow", "Lumen", "Cedarline", "Ridgeway",
        "Falcon", "Argent", "Halcyon", "Meridian", "Orchard", "Beacon", "Juniper", "Summit", "Tideway",
        "BlueKite", "eMarlin", "NovaTern", "Data9", "3Peak", "Q-Works", "TRK", "HBM", "VDL", "NKP",
        "Delvaux", "Saffron", "Ironbark", "Keystone", "Wexcombe", "Ambric", "Solenta", "Vantor",
    ),
    families=(
        "Hansen", "Okafor", "Whitfield", "Moreau", "Lindqvist", "Castellano", "Baker", "Novak",
        "Tanaka", "Brandt", "Sorensen", "Doyle", "Petrov", "Almeida", "Carter", "Fischer", "Rossi",
        "Mbeki", "Larsen", "Webb", "Chandra", "Vogel", "Hughes", "Ibrahim", "Stone", "Marsh",
    ),
    given=(
        "Erik", "Grace", "Daniel", "Maria", "Tom", "Ingrid", "Kwame", "Priya", "Luca", "Anna",
        "James", "Sofia", "Peter", "Yuki", "Helen", "Omar",
    ),
    places=(
        "Boston", "Aarhus", "Lisbon", "Cardiff", "Nairobi", "Denver", "Lyon", "Osaka", "Bergen",
        "Leeds", "Porto", "Dresden", "Perth", "Malmö", "Austin", "Ghent",
    ),
    trades=(
        "Motors", "Foods", "Shipping", "Steel", "Airlines", "Software", "Pharma", "Textiles",
        "Insurance", "Logistics", "Energy", "Breweries", "Media", "Chemicals", "Robotics", "Mining",
    ),
    products=("phone", "engine", "tractor", "camera", "bicycle", "printer", "lamp", "watch"),
)  # fmt: skip
VALIDATION_WORDS = Words(
    stems=(
        "Cantora", "Brovik", "Ellisar", "Granite", "Lantern", "Opaline", "FoxTrail", "KTR", "Vireo",
        "Mistral", "Pinnacle", "Torvane",
    ),
    families=("Jensen", "Adeyemi", "Marlowe", "Dubois", "Keller", "Santos", "Fox", "Ito"),
    given=("Nora", "Samuel", "Elena", "Victor", "Amir", "Ruth"),
    places=("Oslo", "Turin", "Dallas", "Bristol", "Accra", "Graz"),
    trades=("Dairies", "Telecom", "Furniture", "Bank", "Optics", "Railways"),
    products=("scooter", "tablet", "drill", "freezer"),
)  # fmt: skip
TEST_WORDS = Words(
    stems=(
        "Zorvex", "Calyra", "Hestmark", "Umbrio", "Peregrine", "Copperfield", "Larkspur", "Northgate",
        "Tamarind", "Obsidian", "SkyHeron", "iLoom", "Gamma4", "PRX", "WDN", "LMC", "Festina", "Evermoor",
        "Kestrel", "Palisade", "Trivanta", "Monarch", "Wolfram", "Dovetail",
    ),
    families=(
        "Nielsen", "Abara", "Thornton", "Lefevre", "Bergström", "Ricci", "Miller", "Horvat",
        "Yamada", "Krause", "Madsen", "Quinn", "Wells", "Fontaine", "Silva", "Park",
    ),
    given=("Karen", "Jonas", "Aisha", "Paul", "Chloe", "Viktor", "Rosa", "Ben", "Mei", "Lars"),
    places=(
        "Seattle", "Odense", "Madrid", "Swansea", "Lagos", "Toulouse", "Kyoto", "Tampere", "Hull",
        "Linz", "Brno", "Calgary",
    ),
    trades=(
        "Cement", "Biotech", "Hotels", "Seafood", "Publishing", "Aerospace", "Timber", "Cosmetics",
        "Wind", "Retail",
    ),
    products=("drone", "kettle", "violin", "headset", "mower", "stove"),
)  # fmt: skip
