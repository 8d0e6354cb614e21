"""Words of insurance terms in three pools; events are singular, changes follow "you" and "I"."""

from goldsmith.sources.generators._policy_lexicon import Words, keys, values

TRAIN = Words(
    keys={
        "event": keys("""
            water escaping from a burst pipe | escape of water = a leaking pipe | a flooded bathroom
            theft from the home by break-in | burglary = a break-in | a visit by burglars
            storm damage to the roof | damage to the roof by wind = a storm taking the tiles
              | a hole in my roof
            breakage of fixed glass | breakage of window panes = a smashed window | cracked glass
            fire and smoke | damage by fire = a kitchen in flames | a fire
            loss of keys | the loss of a front door key = losing the key to my door | lost keys
            treatment in a foreign hospital | a hospital stay abroad
              = seeing a doctor in another country | falling ill on holiday
            cancellation of a trip | a journey called off before departure
              = having to call off my holiday | a trip I cannot make
            lost or delayed luggage | baggage that goes astray = a suitcase that does not turn up
              | missing bags
            surgery on a dog or cat | veterinary treatment = an operation on my dog
              | a visit to the vet
            theft of a bicycle | a stolen bicycle = my bike being taken | a stolen bike
            the legal cost of a dispute with a neighbour | litigation between neighbours
              = a lawyer against the people next door | taking my neighbour to court
            damage to a hired car | an accident in a rental vehicle = a dent in a rental car
              | scratches on a hired car
            food spoilt by a power cut | the thawing of frozen food = a blackout ruining my dinner
              | spoilt food
            """),
        "change": keys("""
            let a room to a lodger | take in a paying guest = rent out a room | have a lodger
            leave the house empty for a month | stay away from home for several weeks
              = go on a long journey | am away for weeks
            mount solar panels on the roof | install solar cells = make my own electricity
              | put up solar panels
            move to another address | change your address = move house | go to live elsewhere
            build an extension | enlarge the building = add a bedroom | build on to the house
            start a business at home | receive customers on the premises
              = see clients in my living room | work from home
            purchase a second vehicle | buy a further car = get another car | own two cars
            lend the car to a young driver | hand the wheel to somebody under 21 = let my son drive
              | lend the car to my daughter
            take up a dangerous sport | begin a hazardous hobby = begin with diving
              | start climbing
            """),
    },
    values=values("""
        basis: per claim | a year | for each insured person | per item | per event | in total
        condition: the doors were locked with two turns | a smoke alarm was fitted
          | the police were told on the same day | the object is less than ten years old
          | a doctor certifies that it was necessary | you lived there at the time
          | the boiler is serviced every year | the receipt has been kept
          | {we} gave you a confirmation in advance
        exclusion: the building was empty for more than 60 days | you acted with gross negligence
          | the cause is wear and tear | alcohol was involved | it happens during a strike
          | repairs were put off against advice | a relative caused it on purpose
          | the object was used for business | the damage existed before the contract
          | a third party has already paid
        waiver: you bought the package “Plus” | you could not have known of it
          | a child under seven caused it | {we} agreed in writing
          | a neighbour looked after the place | the authorities ordered you to leave
          | you have had no claim for five years | an expert finds that you are not to blame
        doc: a police report | the original receipt | two photographs | a doctor’s certificate
          | a list of the missing things | an estimate of the repair | a copy of the contract
          | a statement by a witness | the damaged parts | proof of payment
        contact: the round-the-clock helpline | the claims desk in your region
          | the agents named in your schedule | {our} partner garages
          | the experts for large losses | the travel assistance centre
          | the office that sold you the policy | the legal team in the head office
        consequence: {we} may end the contract on the spot | half of any payment is withheld
          | the cover is suspended until the matter is clear | a later claim can be rejected
          | the excess is doubled for two years | you have to pay back what you received
          | the discount for loyal customers is lost
        premium: rises by {percent} | stays as it is until the next renewal
          | falls by {percent} | is worked out anew from that day
          | goes up by {small} a month | is charged at the rate for businesses
          | doubles for the rest of the term | is reduced by {small} a year
        """),
)

VALIDATION = Words(
    keys={
        "event": keys("""
            damage by hail | denting by hailstones = ice falling from the sky | hail on my car
            theft of garden furniture | the disappearance of patio chairs = my deckchairs being
              stolen | stolen garden chairs
            accidental damage to a television | a broken screen = my TV falling over
              | a crack in the television
            dental treatment after an accident | an injury to the teeth = a chipped tooth
              | the dentist after a fall
            frost damage to pipes | freezing of radiators = a radiator that froze | frost
            collision with an animal | impact with game = hitting a deer | an animal on the road
            a cancelled concert | the cancellation of an event with tickets = a singer calling off
              the show | a cancelled concert
            identity fraud | misuse of your identity by strangers = somebody ordering in my name
              | a stolen identity
            """),
        "change": keys("""
            put in a wood stove | connect a fireplace = heat with logs | get a stove
            get married | enter into a marriage = have a wedding | marry my girlfriend
            acquire a guard dog | keep a dog of a listed breed = get a big dog | buy a dog
            pitch a tent in the garden | put up a marquee = have a big party outside | pitch a tent
            hire domestic help | employ a cleaner = take on a cleaning lady | hire a nanny
            replace the locks | fit other locks = have new keys made | change the locks
            """),
    },
    values=values("""
        basis: in any one season | per household | each time
        condition: the windows were shut | the goods were under lock and key
          | your payments are up to date | you wore a helmet
        exclusion: it goes back to a war | you were racing | vermin did it
          | the thing was on loan to a friend
        waiver: the court decides in your favour | you can name the culprit
          | your partner had died shortly before | the weather service gave no warning
        doc: an invoice | a sketch of the scene | your passport | a letter from the landlord
          | bank statements
        contact: the night service | {our} loss adjusters | the branch in your town
          | the dental advisers
        consequence: {we} may treat the policy as void | a fine of {small} is due
          | only basic benefits remain | your case goes to the fraud unit
        premium: climbs by {percent} | is frozen for one year | shrinks by {small}
          | is adapted to the new tariff
        """),
)

TEST = Words(
    keys={
        "event": keys("""
            flooding by a river | an inundation = the river coming into my cellar | a flood
            subsidence of the ground | the sinking of foundations = walls that crack as the soil
              gives way | sinking ground
            vandalism | wilful damage by strangers = graffiti on my porch | somebody wrecking
              my garden gate
            a lightning strike | overvoltage after lightning = a thunderstorm killing my computer
              | lightning
            damage caused by a tenant | destruction by occupants = what my lodger breaks
              | a bad tenant
            a missed connection | late arrival at the airport = my train being too late for
              the plane | missing my flight
            loss of rental income | unpaid rent = a flat that brings in nothing | lost rent
            robbery of jewellery | the snatching of a watch or necklace = a mugger taking my ring
              | robbery in the street
            damage to cables by martens | gnawed wiring = animals chewing my car | a marten bite
            a hacking attack | malicious software on a computer = a virus on my laptop | hackers
            """),
        "change": keys("""
            take down the burglar alarm | switch the alarm system off for good
              = do without the alarm | remove the alarm
            store fuel on the premises | keep petrol in the garage = fill some canisters
              | store some petrol
            convert the attic | turn the loft into living space = make a bedroom under the roof
              | convert the loft
            exceed the agreed mileage | drive more miles than declared = use the car more than
              planned | drive more miles
            use the vehicle for deliveries | carry goods for hire = bring pizzas to people
              | deliver parcels
            insure the same risk twice | take out a parallel policy = go to a second company as well
              | insure everything twice
            """),
    },
    values=values("""
        basis: per storey | for any single voyage | per policy period | for every room
        condition: the gutters are cleared in autumn | valuables lie in a safe at night
          | two hours were allowed for the transfer | antivirus programs are current
          | the drain has a backflow valve | the lease is in writing
        exclusion: groundwater rose slowly | the hatch was left ajar | pets were the culprits
          | a court has convicted you | the gear was rented from others
          | someone had been warned by text message | you live outside the country
        waiver: the mayor declares an emergency | you hired a watchman | a judge grants you relief
          | the builder admits a fault | you pay a surcharge within the week
        doc: a surveyor’s opinion | the tenancy agreement | boarding passes | a crime number
          | a valuation by a jeweller | screenshots | the log of the alarm
        contact: the flood task force | {our} cyber specialists | the ombudswoman and her staff
          | the brokers on the back page | the staff at the arrival hall
        consequence: what {we} owe~ is cut to a third | renewal is no longer offered
          | benefits lapse at midnight | interest is added to arrears | you forfeit the bonus
        premium: soars by {percent} | comes down to the lowest band | is due at once for a year
          | is topped up with {small} | remains untouched
        """),
)
