"""Wordings that only the unseen mails of validation have.

Validation has its own, so that choices made on it are not choices made on the wordings of test.
"""

from goldsmith.sources.generators._email_lexicon import topics

DANISH_VALIDATION = topics("""
[billing]
subject: Afregning for {month}
request: Jeg forstår ikke, at {month} koster {amount}. [Gennemgå|Tjek] lige tallene.
request: Et beløb på {small} er hævet uden grund. Før det tilbage, tak.
request: Vil I lægge {invoice} {invoice_no} op igen? Den er blevet væk.
request: Hvordan er {invoice}en sammensat? Der mangler en forklaring på {small}.
detail: Jeg noterede selv {reading} på måleren.
mention: Der er ikke noget galt med {invoice}en.
mention: Jeg har fået de {amount} retur.
reply: Du får {small} igen. {invoice} {invoice_no} er annulleret.
[payment_plan]
subject: Kan ikke nå fristen
request: Kan jeg slippe med {small} nu og tage resten i {month}?
request: Jeg er bagud. Går det an at klare {amount} over nogle måneder?
request: Giv mig frist til den {date}, så kommer pengene.
detail: Jeg er lige blevet fyret.
mention: Min gæld til jer er indfriet.
mention: Frist har jeg ikke brug for.
reply: Du kan vente med at betale til den {date}.
[claims]
subject: Hændelse på {street}
request: Vi har været uheldige: {damage}. Hvordan får vi det meldt ind?
request: Er I nået til at tage stilling til {claim_no}?
request: {item} er ødelagt. Er det et tilfælde for {insurance}en?
request: Smeden har sendt et overslag på {amount} til {claim_no}. Godkender I det?
detail: Ingen kom til skade.
mention: Det med {damage} er klaret.
mention: Vi har fået, hvad vi skulle, for {item}.
reply: Vi dækker {item}, sag {claim_no}.
[cancellation]
subject: Jeg stopper
request: Fra {month} ønsker jeg ikke {supply}n mere.
request: Slet min {insurance} den {date}, jeg har valgt {rival}.
request: Hvornår er jeg fri, hvis jeg siger {supply}n op i dag?
detail: Min binding er ovre.
mention: Jeg har ikke i sinde at gå.
mention: Den aftale, jeg sagde op i {month}, er lukket.
reply: Din {supply} er lukket pr. {date}.
[new_contract]
subject: Vil gerne være kunde
request: Jeg vil høre jeres pris på {insurance}.
request: Kan I levere {supply} til en sommerbolig fra {month}?
request: Opret mig med {supply} fra den {date}, tak.
detail: Vi er {n} voksne.
mention: Min {insurance} hos jer er trådt i kraft.
mention: Jeg er ikke på udkig efter mere.
reply: Din {insurance} er klar til underskrift, {small} om måneden.
[address_change]
subject: Andre kontaktoplysninger
request: Brug {address} som min adresse fra {month}.
request: Vi skifter bolig den {date}. {supply}n skal lyde på {address}.
request: Min mail hedder noget nyt. Hvordan får jeg det ændret?
detail: Måleren derhenne hedder {meter_no}.
mention: Vi bor, hvor vi hele tiden har boet.
mention: Flytningen er noteret hos jer.
reply: Din nye bopæl er {address}, målernummer {meter_no}.
[technical]
subject: Adgang nægtet?
request: Hvorfor får jeg {error} på {site}?
request: Strømmen gik klokken {hour} og er stadig væk. Hvad foregår der?
request: {site} kan ikke finde mig, når jeg taster min kode. Ordn det, tak.
detail: Et andet kabel hjalp ikke.
mention: {site} kører fint.
mention: Jeg kom på til sidst.
reply: Forbindelsen virker nu. Luk {site}, og start forfra.
[complaint]
subject: Utilfredshed
request: Jeg vil udtrykke min harme over, hvordan {agent} opførte sig.
request: Jeres afslag i {claim_no} er forkert, og jeg anker det.
request: Det er {n} uger siden, I lovede svar. Det kan I ikke være bekendt.
detail: Man bliver holdt for nar.
mention: Jeg er godt tilfreds med jeres service.
mention: Min klage fra {month} har fået en afslutning.
reply: Vi undskylder forløbet og tager det op med {agent}.
""")

ENGLISH_VALIDATION = topics("""
[billing]
subject: Account for {month}
request: I fail to see why {month} costs {amount}. [Go through|Check] the figures, please.
request: A sum of {small} was taken for no reason. Put it back.
request: Would you post {invoice} {invoice_no} once more? I lost it.
request: How is the {invoice} made up? There is no explanation of {small}.
detail: I noted {reading} on the meter myself.
mention: Nothing is wrong with the {invoice}.
mention: The {amount} came back to me.
reply: You get {small} back. {invoice} {invoice_no} is void.
[payment_plan]
subject: Cannot make the deadline
request: Can I get by with {small} now and leave the rest for {month}?
request: I am behind. Would it do to clear {amount} over a few months?
request: Allow me until {date}, then the money will come.
detail: I was laid off recently.
mention: My debt to you is cleared.
mention: A longer deadline is not needed.
reply: You can wait with paying until {date}.
[claims]
subject: Incident at {street}
request: We have been unlucky: {damage}. How do we get it registered?
request: Have you come round to deciding {claim_no}?
request: My {item} is ruined. Is it a case for the {insurance}?
request: The smith sent an estimate of {amount} for {claim_no}. Do you approve?
detail: Nobody was hurt.
mention: The business of {damage} is dealt with.
mention: We were given what was due for the {item}.
reply: We cover the {item}, claim {claim_no}.
[cancellation]
subject: I am stopping
request: From {month} I no longer want the {supply}.
request: Delete my {insurance} on {date}, I chose {rival}.
request: When am I free if I give up the {supply} today?
detail: My minimum term is past.
mention: I do not intend to go.
mention: The contract I gave up in {month} is shut.
reply: Your {supply} was closed on {date}.
[new_contract]
subject: I would like to join
request: I want to hear your price for {insurance}.
request: Can you deliver a {supply} to a summer house from {month}?
request: Set me up with a {supply} from {date}, please.
detail: We are {n} adults.
mention: My {insurance} with you has come into force.
mention: I am not looking for more.
reply: Your {insurance} is ready to sign, {small} a month.
[address_change]
subject: Other contact details
request: Use {address} as my address from {month}.
request: We change homes on {date}. The {supply} should be for {address}.
request: My mailbox has a new name. How do I get it altered?
detail: The meter over there is called {meter_no}.
mention: We live where we always lived.
mention: The move has been noted by you.
reply: Your new home is {address}, meter number {meter_no}.
[technical]
subject: Shut out?
request: Why do I get {error} on {site}?
request: The power went at {hour} o'clock and is still off. What is going on?
request: {site} cannot find me when I type my code. Sort it out, please.
detail: Another cable did not help.
mention: {site} runs well.
mention: I got on in the end.
reply: The link works now. Close {site} and start over.
[complaint]
subject: Dissatisfaction
request: I want to voice my anger at how {agent} acted.
request: Your refusal in {claim_no} is wrong, and I appeal against it.
request: It is {n} weeks since you promised an answer. Shame on you.
detail: One is made a fool of.
mention: I am well pleased with your service.
mention: My complaint from {month} has come to an end.
reply: We apologise for what happened and will take it up with {agent}.
""")
