"""Danish wordings that only the unseen mails of test have."""

from goldsmith.sources.generators._email_lexicon import topics

TEST = topics("""
[billing]
subject: Uforståelig {invoice}
subject: Tal, der ikke stemmer
request: Kan det virkelig passe, at I opkræver {amount} for {month}? Beløbet ligner ikke noget, vi kender.
request: Der er sket en fejl: I har trukket {small} fra min konto, og jeg skylder jer ikke noget. Send dem retur.
request: Min revisor mangler en kopi af {invoice}en for {month}. [Hvor finder jeg den|Vil I eftersende den]?
request: Hvad dækker linjen "gebyr og øvrige ydelser" til {small} på min {invoice}?
request: De {amount}, jeg har til gode for sidste år, skulle være sat ind på kontoen i {month}. Hvor er de?
request: [Mon ikke|Er det ikke sådan, at] der er opkrævet abonnement for både den gamle og den nye bolig? Regn lige efter.
request: Jeg vil have hver regning på e-mail fremover, altså også den, der kommer i {month}.
request: Prisen på {invoice}en er en anden end den, vi skrev under på. Få beløbet rettet.
detail: Aflæsningen sagde {reading}, og det har jeg foto af.
detail: Banken siger, at det gik igennem den {date}.
detail: Der burde højst stå {small}.
mention: {invoice}en på {amount} har jeg styr på.
mention: Det, I havde taget for meget i {month}, står på kontoen igen.
mention: Prisen på {small} har jeg ingen spørgsmål til.
mention: Vi fik {invoice}en forleden, og den er der intet i vejen med.
reply: Vi kan se, at der er betalt {amount} for meget. Beløbet er på din konto om {days}.
[payment_plan]
subject: Presset økonomi
subject: Udskydelse
request: Det kniber med at få enderne til at mødes. Kan vi aftale, at de {amount} betales lidt ad gangen?
request: [Er I til at tale med om|Kan man få] lidt længere frist med {invoice}en? Den {date} kan jeg betale.
request: Jeg når det ikke til fristen. Giv mig {days} mere, så betaler jeg det hele på én gang.
request: Hvis I tager {small} hver måned, er restancen afviklet inden jul. Er det en aftale?
request: Vores virksomhed er ramt, og {amount} nu og her er for meget. Kan det deles op over {n} måneder?
request: Vent med rykker og inkasso, jeg får feriepenge den {date} og betaler det hele der.
request: Erstatningen lader vente på sig, så vi kan ikke betale {amount} endnu. Kan I give henstand?
detail: Bostøtten går ind den {date}.
detail: Jeg er alene med {n} børn.
detail: {small} kan undværes lige nu.
mention: Jeg har penge nok til det hele, så afdrag er ikke aktuelt.
mention: Det, jeg skyldte jer i {month}, er afviklet.
mention: At I gav mig længere tid i {month}, var pænt af jer.
mention: Inkassosagen fra i fjor er slettet.
reply: Vi har delt de {amount} op, så du indbetaler {small} ved hver termin fra den {date}.
[claims]
subject: Uheld den {date}
subject: Noget gik galt herhjemme
request: Det er gået galt: vi har fået {damage}. Skal skaden anmeldes til jer?
request: {item} gik i stykker, da {relative} [tabte en gryde|snublede]. Får jeg erstatning for en ny?
request: Hvad er der sket med skaden {claim_no}? Vi sidder stadig uden gulv.
request: I spurgte til alder og pris på {item}. Kvitteringerne er vedhæftet til sag {claim_no}.
request: Vi blev bestjålet, mens vi flyttede. Er det noget, {insurance}en dækker?
request: Hvor meget af de {amount}, som håndværkeren skal have for skaden, bliver udbetalt?
request: {relative} faldt på trappen og er skadet. Hvilken erklæring skal lægen udfylde til jer?
request: Kan vi få en taksator ud at måle fugt efter {damage}?
detail: Vi opdagede det klokken {hour}.
detail: Politiets journalnummer sender jeg gerne.
detail: Tømreren har lagt en presenning over.
mention: Det, der skete med {item}, har I erstattet[ fuldt ud|].
mention: {damage} i {month} er et overstået kapitel.
mention: Vi gik fri af stormen og har ikke noget at melde.
mention: {claim_no} har jeg fået god besked om.
reply: Vi har bedt en skadeservice om at tørre ud hos jer. Tag billeder, og gem {item}, sag {claim_no}.
[cancellation]
subject: Farvel
subject: {supply} ikke længere nødvendig
request: Jeg har ikke længere brug for {supply}n og [siger den op|vil opsige den] per {date}.
request: Tak for nu. [Fra {month}|Efter den {date}] klarer jeg mig med {rival}, så min {supply} kan stoppe der.
request: Bilen er skrottet. Den {insurance}, der hører til, skal ophøre.
request: Vi har fundet en lavere pris og vil ud af {supply}n, så snart opsigelsesvarslet tillader det.
request: Hvor skriver man under på en opsigelse? {insurance}en skal stoppes inden {month}.
request: {relative} er kommet på plejehjem, lejligheden er tømt, og aftalen om strøm skal lukkes.
request: Jeg fortryder: køb af {insurance} den {date} annulleres inden for de {days}, loven giver.
detail: Varslet skulle være {days}.
detail: Pengene for resten af perioden må I beholde.
detail: {rival} står klar.
mention: Jeg bliver hos jer, {supply}n kører bare videre.
mention: Den {insurance}, vi sagde farvel til i {month}, er afsluttet.
mention: Vi var tæt på at gå til {rival}, men droppede det.
mention: Jeg har da tænkt på at stoppe, men det er ikke det, det gælder.
reply: Det er noteret, at du stopper. Sidste dag for {supply}n er den {date}.
[new_contract]
subject: Interesseret
subject: Hvad skal jeg give for {insurance}?
request: [Hvad skal vi give|Hvad koster det] for en {insurance}, hvis selvrisikoen er {amount}? Giv os et tilbud.
request: Min kollega anbefalede jer. Vi mangler en elaftale i det nye hus, hvad kan I tilbyde?
request: Ring til mig med et tilbud på {insurance}, jeg overvejer at samle det hele hos jer.
request: Jeg takker ja til tilbuddet på {small} om måneden. Skal jeg skrive under et sted?
request: Vi har købt [hund|båd|campingvogn] og vil gerne have den forsikret. Hvad er prisen?
request: Når {rival} slipper mig den {date}, vil jeg være kunde hos jer med {supply}. Kan jeg bestille den nu?
request: {relative} bor for sig selv nu. Kan man komme med på min {insurance}, eller er det en ny, og hvad koster den?
detail: {sqm} m2, træhus fra 1931.
detail: {n} personer og en elbil.
detail: Hos {rival} slipper vi med {small}.
mention: Aftalen om {supply} kom godt fra start.
mention: Jeres sælger ringede med en god pris, men vi springer over.
mention: Vi er nye kunder fra {month} og har det fint med det.
mention: Flere dækninger er vi ikke ude efter.
reply: Her er vores bud: {insurance} til {small} hver måned. Svar ja, så sender vi papirerne.
[address_change]
subject: Andet sted at bo
subject: Rettelse til stamdata
request: Nu er det blevet vores tur til at flytte: fra den {date} er adressen {address}.
request: Posten havner på min gamle adresse. Jeg bor på {address}.
request: Vi har solgt huset og flytter til {address}. Kan {supply}n følge med til det nye sted?
request: Kan I rette mit navn på {insurance}en? Efter skilsmissen hedder jeg igen mit pigenavn.
request: Mobilen har fået nyt telefonnummer, og mailadressen er også en anden. Ret det i jeres system.
request: Nøglerne til det gamle sted afleveres den {date}, hvor måleren blev aflæst til {reading}. Skriv de nye ejere på.
request: {relative} overtager lejligheden efter mig, så navnet på kontrakten skal rettes.
detail: Flyttebilen kommer den {date}.
detail: På dørskiltet står vi alle {n}.
detail: Postnummeret er anderledes.
mention: Adressen i brevet er rigtig.
mention: Siden vi kom hertil i {month}, er posten gået det rigtige sted hen.
mention: Vi bliver boende, selv om huset var til salg.
mention: Mit nye telefonnummer står der allerede.
reply: Fra den {date} sender vi post til {address}. Den nye beboer har fået besked om at aflæse {meter_no}.
[technical]
subject: Det virker ikke
subject: Mørkt hus
request: Hver gang jeg logger ind og trykker på "godkend", får jeg {error}. Er I klar over det?
request: {site} virker ikke og smider mig af, inden jeg når at [anmelde noget|hente en regning|sige op]. Hvad gør jeg?
request: Her er bælgmørkt, og HPFI-relæet er ikke slået fra. Hvornår kommer strømmen igen?
request: Grafen på {site} er flad siden {date}, selv om vi har brugt strøm. Hvad er der galt med måleren?
request: Koden, I sendte på sms, virker ikke. Kan jeg logge ind på en anden måde?
request: Forbindelsen er som sirup, især ved {hour}-tiden. Kan en tekniker måle den?
request: Billeder af skaden kan ikke vedhæftes på {site}, den skriver {error}. Hvordan gør man?
detail: Cookies er slettet.
detail: Lampen på boksen blinker rødt.
detail: Sidste gang det duede, var den {date}.
mention: {site} spiller, som den skal.
mention: Den boks, I byttede i {month}, kører upåklageligt.
mention: Jeg kom ind med den nye kode i første forsøg.
mention: At lyset gik i {month}, har vi glemt.
reply: Vi har genstartet forbindelsen til {meter_no}. Ser du stadig {error}, så prøv en anden browser.
[complaint]
subject: Under al kritik
subject: Skuffet
request: Det her er under al kritik. Send min klage videre til jeres leder.
request: Jeg vil ikke tales sådan til af {agent}, bare fordi jeg spurgte til min {invoice}. Det er en klage.
request: At få afslag på {damage} med en standardtekst kan jeg ikke acceptere. Afgørelsen må prøves af andre.
request: Efter {n} løfter om opkald, som ingen holdt, vil jeg have en skriftlig forklaring fra jeres leder.
request: Jeres sælger pressede {relative} til en {supply}. Det er jeg utilfreds med, og det skal have følger.
request: Hvem fører tilsyn med jer? Sagsbehandlingen i {claim_no} var elendig, og jeg klager videre.
request: Jeg har ventet en hel formiddag på en tekniker, der ikke kom. Det er for ringe. Hvad siger jeres chef?
detail: Den slags har jeg ikke oplevet hos {rival}.
detail: {agent} grinede ad mig.
detail: Siden {date} har der været tavshed.
mention: Ventetiden i {month} bærer jeg ikke nag over.
mention: Personalet er flinkt, {agent} især.
mention: Brokke mig skal jeg nok lade være med.
mention: Det surmuleri, jeg sendte i {month}, har vi lagt bag os.
reply: Det er vi kede af at høre. {agent} ser på forløbet og giver dig et svar inden {days}.
""")
