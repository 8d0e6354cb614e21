"""Danish wordings that only the unseen mails of test have."""

from goldsmith.sources.generators._email_lexicon import topics

TEST = topics("""
[billing]
subject: Uforståelig {invoice}
subject: Tal, der ikke stemmer
request: Kan det virkelig passe, at vi skylder {amount} for {month}? Tallet ligner ikke noget, vi kender.
request: Der er sket en fejl: I har taget {small} fra min konto, og jeg skylder jer ikke noget. Send det tilbage.
request: Min revisor mangler bilaget for {month}. [Hvor finder jeg det|Vil I eftersende det]?
request: Hvad dækker linjen "øvrige ydelser" til {small}?
request: Overskuddet på {amount} fra sidste år skulle være sat ind på kontoen i {month}. Hvor er det?
request: [Mon ikke|Er det ikke sådan, at] der er trukket abonnement for både den gamle og den nye bolig? Regn lige efter.
request: Jeg vil have papirerne digitalt fremover, altså også den {invoice}, der kommer i {month}.
request: Satsen på {invoice}en er en anden end den, vi skrev under på. Få den regnet om.
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
request: Det kniber med at få enderne til at mødes. Kan vi finde ud af noget med de {amount}, lidt ad gangen?
request: [Er I til at tale med om|Kan man få] lidt længere snor med {invoice}en? Den {date} kan jeg være med.
request: Jeg når det ikke til fristen. Giv mig {days}, så falder det hele på én gang.
request: Hvis I tager {small} hver den første, er det afviklet inden jul. Er det en aftale?
request: Vores virksomhed er ramt, og {amount} nu og her er for meget. Lad os sprede det ud over {n} måneder.
request: Læg rykkeren på is, jeg får feriepenge den {date} og klarer det hele der.
request: Forsikringspengene lader vente på sig, så vi mangler luft til at klare {amount}. Kan I strække det?
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
request: Det er gået galt: {damage}. Hvad er næste skridt?
request: {item} gik til, da {relative} [tabte en gryde|snublede]. Giver I en ny?
request: Hvad er der sket med {claim_no}? Vi sidder stadig uden gulv.
request: I spurgte til alder og pris på {item}. Begge dele står på det vedhæftede bilag til {claim_no}.
request: Vi blev bestjålet, mens vi flyttede. Er det noget, {insurance}en tager sig af?
request: Hvor mange af de {amount}, som tømreren skal have for at udbedre det, kan vi regne med fra jer?
request: {relative} faldt på trappen og skal opereres. Hvilken blanket skal lægen udfylde til jer?
request: Kan vi få en af jeres folk ud at måle fugt efter {damage}?
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
request: Jeg har ikke længere brug for {supply}n og [takker af|vil afmelde den] per {date}.
request: Tak for nu. [Fra {month}|Efter den {date}] klarer jeg mig med {rival}, så tag mig af listen.
request: Bilen er skrottet. Den {insurance}, der hører til, kan I godt slette.
request: Vi har fundet en lavere pris og ønsker at stå uden for {supply}n, så snart varslet tillader det.
request: Hvor skriver man under på, at man stopper? {insurance}en skal væk inden {month}.
request: {relative} er kommet på plejehjem, lejligheden er tømt, og {supply}n skal ikke løbe videre.
request: Køb af {insurance} den {date} annulleres inden for de {days}, loven giver.
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
request: [Hvad skal vi give|Hvad slipper man] for en {insurance}, hvis egenbetalingen er {amount}?
request: Min kollega anbefalede jer. Vi mangler strøm i det nye hus, hvad foreslår I?
request: Ring til mig om {insurance}, jeg overvejer at samle det hele ét sted.
request: Jeg takker ja til prisen på {small} pr. måned. Skal jeg skrive under et sted?
request: Vi har købt [hund|båd|campingvogn] og har brug for, at den er dækket.
request: Når {rival} slipper mig den {date}, vil jeg over til jer med {supply}. Kan det lade sig gøre?
request: {relative} bor for sig selv nu. Kan man komme med på min {insurance}, eller er det en ny, og til hvilken pris?
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
request: Nu er det blevet vores tur til at rykke: fra den {date} hedder det {address}.
request: Posten havner det forkerte sted. Jeg holder til på {address}.
request: Vi har solgt huset og tager over til {address}. Kan {supply}n følge med?
request: Kan I stave mit navn rigtigt på {insurance}en? Efter skilsmissen er jeg tilbage ved mit pigenavn.
request: Mobilen har fået nyt nummer, og mailen er også en anden. Før det ind hos jer.
request: Nøglerne til det gamle sted afleveres den {date}, hvor måler {meter_no} viste {reading}. Skriv den nye beboer på.
request: {relative} har fået lejligheden efter mig, så kontrakten bør lyde på den nye beboer.
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
request: Hver gang jeg trykker på "godkend", får jeg {error}. Er I klar over det?
request: {site} smider mig af, inden jeg når at [anmelde noget|hente bilaget|sige op]. Hvad kan jeg gøre?
request: Her er bælgmørkt, og HPFI-relæet er ikke slået fra. Er det jer eller huset?
request: Grafen på {site} er flad siden {date}, selv om vi har brugt masser. Hvad er der med måleren?
request: Koden, I sendte på sms, bliver afvist. Giv mig en anden vej ind.
request: Vores net er som sirup, især ved {hour}-tiden. Kan linjen måles igennem?
request: Filerne til jeres skadeafdeling kan ikke vedhæftes på {site}, den skriver {error}. Hvordan gør man?
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
request: Det her er ikke i orden. Send mit brev videre til den, der har ansvaret for jeres personale.
request: Jeg finder mig ikke i at blive talt sådan til af {agent}, bare fordi jeg spurgte til min {invoice}.
request: At få nej til {damage} med en standardtekst er en hån. Jeg kræver, at andre øjne ser på det.
request: Efter {n} løfter om opkald, som ingen holdt, ønsker jeg en redegørelse fra ledelsen.
request: Jeres sælger pressede {relative} til en {supply}. Sådan opfører man sig ikke, og det skal have følger.
request: Hvem fører tilsyn med jer? Sagen {claim_no} er blevet håndteret elendigt, og det går videre.
request: Jeg har spildt en hel formiddag på en tekniker, der ikke dukkede op. Hvad har I at sige til jeres forsvar?
detail: Den slags har jeg ikke oplevet hos {rival}.
detail: {agent} grinede ad mig.
detail: Siden {date} har der været tavshed.
mention: Ventetiden i {month} bærer jeg ikke nag over.
mention: Personalet er flinkt, {agent} især.
mention: Brokke mig skal jeg nok lade være med.
mention: Det surmuleri, jeg sendte i {month}, har vi lagt bag os.
reply: Det er vi kede af at høre. {agent} ser på forløbet og giver dig et svar inden {days}.
""")
