"""Forms of the e-mail goldens, and the words that fill the slots of their wordings."""

from collections.abc import Mapping
from typing import NamedTuple

DANISH, ENGLISH = "da", "en"


class Topic(NamedTuple):
    """The wordings of one department.

    `requests` decide where a mail goes; `details` go with them. `mentions` speak of the
    department's business as settled, refused or merely possible: they are the background of mails
    to other departments. `replies` are the company's earlier answers, and stand in quotes.
    """

    subjects: tuple[str, ...]
    requests: tuple[str, ...]
    details: tuple[str, ...]
    mentions: tuple[str, ...]
    replies: tuple[str, ...]


_FIELDS = {
    "subject": "subjects",
    "request": "requests",
    "detail": "details",
    "mention": "mentions",
    "reply": "replies",
}


class Phrases(NamedTuple):
    """What mails to every department have."""

    subjects: tuple[str, ...]
    greetings: tuple[str, ...]
    fillers: tuple[str, ...]
    reports: tuple[str, ...]  # of an earlier request, {told}, that needs no answer
    turns: tuple[str, ...]  # from the background to the request
    asides: tuple[str, ...]  # from the request to the background
    closings: tuple[str, ...]
    disclaimers: tuple[str, ...]
    covers: tuple[str, ...]  # what stands above a mail that somebody passes on
    salutes: tuple[str, ...]  # how the company answers
    thanks: tuple[str, ...]


class Lexicon(NamedTuple):
    """The words of one pool in one language; no last name and no street is in two pools.

    Danish words of a slot have one gender and one ending, so that the wordings can inflect them:
    "{supply}n", "{insurance}en", "{invoice}en".
    """

    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    streets: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]


class Pool(NamedTuple):
    """All that one split's mails in one language are made of."""

    topics: Mapping[str, Topic]
    phrases: Phrases
    lexicon: Lexicon


def topics(sheet: str) -> Mapping[str, Topic]:
    """Return the topics of a sheet: "[label]", then a wording a line after the name of its kind.

    In a wording "[a|b]" is a choice and "{name}" a slot.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for line in sheet.strip().splitlines():
        if line.startswith("["):
            found[line.strip("[]")] = {field: [] for field in _FIELDS.values()}
        else:
            kind, wording = line.split(": ", 1)
            found[list(found)[-1]][_FIELDS[kind]].append(wording)
    return {
        label: Topic(**{field: tuple(wordings) for field, wordings in fields.items()})
        for label, fields in found.items()
    }


TRAIN_LEXICON = {
    DANISH: Lexicon(
        first_names=("Anne", "Mette", "Lars", "Søren", "Kirsten", "Jens", "Camilla", "Henrik",
                     "Bente", "Mads", "Louise", "Poul", "Gitte", "Thomas", "Inger", "Rasmus",
                     "Hanne", "Nikolaj", "Pia", "Åge", "Sofie", "Torben", "Birgit", "Jonas"),
        last_names=("Kjeldgaard", "Brøndum", "Thorsager", "Lindegaard", "Østerby", "Munkholm",
                    "Skovsted", "Vestergaard", "Holmgård", "Bækgaard", "Frandsen", "Dalsgaard",
                    "Nørskov", "Højlund", "Krogh", "Ravnsborg", "Toftegaard", "Bisgaard"),
        streets=("Birkevænget", "Møllestien", "Kirkegade", "Strandparken", "Rugmarken",
                 "Ahornvej", "Søndergade", "Bakkehusene", "Engdraget", "Violvej"),
        words={
            "insurance": ("indboforsikring", "bilforsikring", "husforsikring", "ulykkesforsikring",
                          "fritidshusforsikring"),
            "supply": ("elaftale", "gasaftale", "varmeaftale", "bredbåndsaftale"),
            "invoice": ("regning", "faktura", "opkrævning"),
            "site": ("app'en", "hjemmesiden", "selvbetjeningen", "jeres side"),
            "damage": ("en vandskade i kælderen", "et indbrud i garagen", "en knust rude",
                       "en brandskade i køkkenet", "et stenslag i forruden", "en bule i bilen",
                       "en stormskade på taget"),
            "item": ("fjernsynet", "cyklen", "computeren", "sofaen", "køleskabet"),
            "relative": ("min mor", "min mand", "min kone", "min søn", "min far"),
            "error": ("fejl 502", "\"noget gik galt\"", "en hvid skærm", "\"ukendt bruger\""),
            "city": ("8600 Silkeborg", "5700 Svendborg", "4600 Køge", "9400 Nørresundby",
                     "7100 Vejle", "2650 Hvidovre"),
            "rival": ("et andet selskab", "min bank", "naboens selskab", "en konkurrent"),
        },
    ),
    ENGLISH: Lexicon(
        first_names=("Emma", "James", "Olivia", "Daniel", "Grace", "Peter", "Sarah", "Liam",
                     "Helen", "Ravi", "Megan", "Oscar", "Julia", "Simon", "Priya", "Martin",
                     "Chloe", "Andrew", "Nadia", "Victor", "Laura", "Hugh", "Elena", "Tom"),
        last_names=("Hartley", "Whitcombe", "Okafor", "Lindqvist", "Marsden", "Pemberton",
                    "Novak", "Fairbrother", "Sharma", "Colebrook", "Ashdown", "Teller",
                    "Brightwell", "Castell", "Dunning", "Eastwick", "Rossi", "Garland"),
        streets=("Harbour Road", "Mill Lane", "Station Street", "Orchard Close", "Park View",
                 "Chapel Hill", "Elm Grove", "Quay Street", "Meadow Way", "Church Lane"),
        words={
            "insurance": ("home insurance", "car insurance", "contents insurance",
                          "accident insurance", "holiday home insurance"),
            "supply": ("electricity contract", "gas contract", "heating contract",
                       "broadband contract"),
            "invoice": ("invoice", "bill", "statement"),
            "site": ("the app", "the website", "your self-service page", "the online account"),
            "damage": ("a water leak in the basement", "a break-in in the garage",
                       "a broken window", "a small fire in the kitchen", "a cracked windscreen",
                       "a dent in the car", "storm damage to the roof"),
            "item": ("television", "bicycle", "laptop", "sofa", "fridge"),
            "relative": ("my mother", "my husband", "my wife", "my son", "my father"),
            "error": ("error 502", "\"something went wrong\"", "a white page", "\"unknown user\""),
            "city": ("Silkeborg", "Svendborg", "Bristol", "Leeds", "Cork", "Vejle"),
            "rival": ("another company", "my bank", "my neighbour's company", "a competitor"),
        },
    ),
}  # fmt: skip

VALIDATION_LEXICON = {
    DANISH: Lexicon(
        first_names=("Lene", "Morten", "Astrid", "Kasper", "Ulla", "Frederik", "Dorthe", "Emil"),
        last_names=("Abildtrup", "Stensgaard", "Hvidtfeldt", "Mølgaard", "Kofoed", "Lauridsen",
                    "Rønnov", "Bjerregaard", "Tranholm", "Ibsen"),
        streets=("Hyldevangen", "Nordre Ringvej", "Lærkebakken", "Havnepladsen", "Ryttervej"),
        words={
            "insurance": ("husstandsforsikring", "motorcykelforsikring", "bådforsikring"),
            "supply": ("strømaftale", "fiberaftale", "naturgasaftale"),
            "invoice": ("slutafregning", "kvartalsregning", "betalingsanmodning"),
            "site": ("kundesiden", "Min Konto", "jeres login"),
            "damage": ("en rørskade på badeværelset", "en påkørsel på en parkeringsplads",
                       "hærværk på skuret"),
            "item": ("mobilen", "vaskemaskinen", "gulvtæppet"),
            "relative": ("min samlever", "min datter", "min bror"),
            "error": ("fejl 404", "\"prøv igen senere\"", "en blank side"),
            "city": ("6000 Kolding", "3000 Helsingør", "8900 Randers"),
            "rival": ("min fagforening", "et billigere selskab"),
        },
    ),
    ENGLISH: Lexicon(
        first_names=("Rachel", "Owen", "Ingrid", "Patrick", "Yasmin", "George", "Tessa", "Luke"),
        last_names=("Hollings", "Abernathy", "Villar", "Penrose", "Stavros", "Winterton",
                    "Mbeki", "Larkin", "Oduya", "Fenwick"),
        streets=("Tanner Row", "Victoria Terrace", "Bridge Street", "Lime Avenue", "Foundry Yard"),
        words={
            "insurance": ("household insurance", "motorcycle insurance", "boat insurance"),
            "supply": ("power contract", "fibre contract", "natural gas contract"),
            "invoice": ("quarterly bill", "payment request", "settlement"),
            "site": ("your customer page", "My Account", "your login page"),
            "damage": ("a burst pipe in the bathroom", "a collision in a car park",
                       "vandalism to our shed"),
            "item": ("phone", "washing machine", "carpet"),
            "relative": ("my partner", "my daughter", "my brother"),
            "error": ("error 404", "\"try again later\"", "an empty page"),
            "city": ("Kolding", "Galway", "Exeter"),
            "rival": ("my union", "a cheaper company"),
        },
    ),
}  # fmt: skip

TEST_LEXICON = {
    DANISH: Lexicon(
        first_names=("Karen", "Simon", "Marie", "Anders", "Lise", "Ole", "Ida", "Christian",
                     "Tove", "Magnus", "Rikke", "Bjarne", "Signe", "Flemming", "Asta", "Viggo"),
        last_names=("Overgaard", "Hedegaard", "Bundgaard", "Sørup", "Kirkeby", "Elkjær",
                    "Fuglsang", "Rosendahl", "Tværsted", "Vang", "Grønbæk", "Lykkegaard",
                    "Damkjær", "Ågesen", "Balslev", "Zacho"),
        streets=("Skovbrynet", "Fiskerstræde", "Teglværksvej", "Præstemarken", "Jernbanegade",
                 "Gammel Landevej", "Æblehaven", "Sølvgade"),
        words={
            "insurance": ("rejseforsikring", "hundeforsikring", "landboforsikring",
                          "tandforsikring", "familieforsikring"),
            "supply": ("fjernvarmeaftale", "ladeaftale", "solcelleaftale", "internetaftale"),
            "invoice": ("årsafregning", "acontoregning", "restregning"),
            "site": ("kundeportalen", "Mit Overblik", "jeres platform", "det nye system"),
            "damage": ("haglskader på carporten", "skybrudsskader i stuen", "et røveri på rejsen",
                       "et brækket håndled", "et væltet træ på drivhuset", "en lynskade"),
            "item": ("kameraet", "barnevognen", "komfuret", "guldringen"),
            "relative": ("min svigermor", "min tante", "min svoger", "min nabo"),
            "error": ("kode 17", "\"session udløbet\"", "et snurrende hjul", "\"adgang nægtet\""),
            "city": ("4700 Næstved", "8000 Aarhus C", "9900 Frederikshavn", "6700 Esbjerg"),
            "rival": ("et netselskab", "forbundet", "et selskab på nettet"),
        },
    ),
    ENGLISH: Lexicon(
        first_names=("Hannah", "Edward", "Zoe", "Malik", "Fiona", "Gareth", "Sunita", "Leo",
                     "Beatrice", "Colin", "Amara", "Stefan", "Joanna", "Duncan", "Mei", "Alan"),
        last_names=("Thackeray", "Bellamy", "Quist", "Drummond", "Iyer", "Sandoval", "Prescott",
                    "Waverley", "Kowalski", "Birchall", "Tremaine", "Adeyemi", "Locke",
                    "Farrow", "Hennessy", "Yeats"),
        streets=("Cedar Court", "Lighthouse Walk", "Old Brewery Yard", "Priory Gardens",
                 "Saddler Street", "Weir Cottages", "North Parade", "Kiln Field"),
        words={
            "insurance": ("travel insurance", "pet insurance", "dental insurance",
                          "family insurance", "farm insurance"),
            "supply": ("district heating contract", "charging contract", "solar contract",
                       "internet contract"),
            "invoice": ("annual statement", "interim bill", "payment slip"),
            "site": ("the customer portal", "My Overview", "your platform", "the new system"),
            "damage": ("hail damage to the carport", "flooding in the living room",
                       "a robbery on my trip", "a broken wrist", "a tree on our greenhouse",
                       "a lightning strike"),
            "item": ("camera", "pram", "cooker", "gold ring"),
            "relative": ("my mother-in-law", "my aunt", "my brother-in-law", "my neighbour"),
            "error": ("code 17", "\"session expired\"", "a spinning wheel", "\"access denied\""),
            "city": ("Aarhus", "Esbjerg", "Norwich", "Dundee"),
            "rival": ("an online provider", "my trade association", "a firm from the internet"),
        },
    ),
}  # fmt: skip
