"""Danish wordings of training, and of those validation and test mails that are not unseen."""

from goldsmith.sources.generators._email_lexicon import Topic, lines

TRAIN = {
    "billing": Topic(
        subjects=lines("""
            [Spørgsmål til|Vedr.] {invoice} {invoice_no}
            {invoice}en for {month}
            [Forkert beløb|Dobbelt betaling|For meget trukket]
        """),
        requests=lines("""
            [Kan|Vil] I sende mig [en kopi af {invoice}en|{invoice}en] for {month}[ en gang til|]?
            Hvorfor er {invoice}en for {month} på {amount}, når [den plejer at være|den sidst var] {amount}?
            Jeg er blevet trukket to gange for {month} og [vil gerne have|beder om] {amount} retur.
            [Kan nogen|Vil I] forklare, hvad gebyret på {amount} på {invoice} {invoice_no} dækker?
            {invoice} {invoice_no}: beløbet er forkert. [Ret det, tak|Send en ny|Den skal være på {amount}].
            {supply}n sluttede {date}, men I opkræver stadig {small}. Hvad er det for?
            Jeg flyttede den {date}, men der er forbrug med til den {date}. Hvordan har I regnet det ud?
            [Jeg kan ikke se|Det fremgår ikke], hvor mange kWh der er regnet med. Send en specifikation.
            Jeg betalte {amount} den {date}. [Er pengene bogført|Kan I se, hvor pengene er blevet af]?
            [Hvornår kommer|Hvor bliver] de {amount}, jeg har til gode efter sidste opgørelse?
            Kan {invoice}en fremover komme [på e-mail|via Betalingsservice] i stedet for [i e-Boks|med posten]?
            Selvrisikoen på {amount} står der to gange på {invoice}en. [Kan I rette det|Er det en fejl]?
            Afdraget for {month} er med på {invoice}en igen. [Træk det fra|Hvorfor skal jeg betale det to gange]?
        """),
        details=lines("""
            Beløbet blev [hævet|trukket] på min konto den {date}.
            Måleren stod på {reading}, så det kan ikke passe.
            Ifølge {supply}n er prisen {small} om måneden.
            Jeg har vedhæftet [et billede|et kontoudtog].
            Moms og afgifter burde være {small}.
        """),
        mentions=lines("""
            {invoice}en for {month} er betalt[, så den skal I ikke tænke på|].
            Tak for den rettede {invoice}[ på {amount}|], nu passer beløbet.
            Jeg ved godt, at {invoice}en [først kommer i {month}|er på vej], det er fint.
            Det her handler ikke om {invoice}en på {amount}[, den er jeg enig i|].
            I {month} blev jeg trukket {amount} for meget, men det har I betalt tilbage.
            Hvad gebyret på {small} dækker, [har jeg fået forklaret|ved jeg nu].
        """),
        replies=lines("""
            Vi har set på {invoice} {invoice_no}. {amount} for meget opkrævet bliver ført tilbage på din konto.
            {invoice}en for {month} dækker aconto og abonnement. Beløbet på {amount} er korrekt.
        """),
    ),
    "payment_plan": Topic(
        subjects=lines("""
            [Afdragsordning|Henstand|Betalingsfrist]
            Rykker på {amount}
            Betaling af {invoice} {invoice_no}
        """),
        requests=lines("""
            [Kan|Må] jeg betale {invoice}en på {amount} i [tre|fire|seks] rater?
            Jeg kan ikke betale {amount} på én gang. [Kan vi aftale|Er der mulighed for] en afdragsordning?
            [Må|Kan] jeg få henstand med {invoice} {invoice_no} til [den {date}|efter ferien]?
            Erstatningen er ikke kommet endnu. Kan betalingen af {invoice}en vente [{days}|til den {date}]?
            Jeg har mistet mit arbejde. Kan vi aftale, at jeg betaler {small} om måneden, til det er klaret?
            Kan betalingsfristen [rykkes|flyttes|udskydes] {days}? Jeg har først penge den {date}.
            Min ordning med jer skal sættes ned til {small} om måneden, mere kan jeg ikke lige nu.
            Inden I lukker for strømmen: [jeg betaler|kan jeg betale] halvdelen nu og resten den {date}?
            Flytningen blev dyrere end ventet. [Vil I dele|Er det i orden at dele] {invoice}en op?
            Vent venligst med inkasso, jeg [foreslår at betale|kan betale] {small} hver måned.
            Jeg beder om udsættelse med betalingen til den {date}.
        """),
        details=lines("""
            Jeg kan betale {small} med det samme.
            Min løn kommer [først|] den {date}.
            Jeg er på [dagpenge|SU|pension], så der er ikke meget at gøre godt med.
            Der er lagt {small} i rykkergebyr på.
            Regninger og gæld har hobet sig op.
        """),
        mentions=lines("""
            Afdragsordningen fra {month} er betalt ud.
            Jeg har ikke brug for [henstand|rater|udsættelse], pengene er der.
            Den rykker, jeg fik i {month}, har I trukket tilbage.
            I {month} fik jeg {days} mere til at betale, og det blev overholdt.
            Sidste rate på {small} faldt den {date}[, så den er ude af verden|].
        """),
        replies=lines("""
            Vi kan tilbyde dig at betale {amount} i tre rater. Første rate på {small} forfalder den {date}.
            Du har fået henstand til den {date}. Betaler du senere, sender vi sagen til inkasso.
        """),
    ),
    "claims": Topic(
        subjects=lines("""
            [Skade|Anmeldelse|Skadesag] {claim_no}
            [Skadeanmeldelse|Ny skade|Vi har haft en skade]
            Status på erstatning
        """),
        requests=lines("""
            Jeg vil [gerne |]anmelde {damage}[, opdaget den {date}|].
            Vi har haft {damage}. [Hvad gør vi nu|Hvem kommer og ser på det|Dækker {insurance}en]?
            Hvornår kommer taksatoren [ud til os|] og ser på skaden ({claim_no})?
            [Hvor langt er I med|Er der nyt om] sag {claim_no}?
            Dækker min {insurance}, når {item} er blevet [stjålet|ødelagt]?
            Her er [kvitteringerne|billederne|politirapporten] til sag {claim_no}, I bad om. [Mangler der mere|]?
            Hvornår bliver erstatningen på {amount} for {item} udbetalt?
            Må vi gå i gang med at reparere[, før I har set skaden|], eller skal I godkende prisen på {amount} først?
            Modparten kørte ind i os den {date}. [Hvem betaler|Skal jeg udfylde noget]? Reg. nr. sender jeg gerne.
            Ved flytningen den {date} gik {item} i stykker. [Kan jeg få det erstattet|Hører det under {insurance}en]?
            Lægen har set på mit knæ. Hvor skal erklæringen hen, så I kan vurdere méngraden?
            Min selvrisiko i sag {claim_no}: trækker I den fra, før I udbetaler?
        """),
        details=lines("""
            Det skete [om natten til|om morgenen] den {date}.
            Håndværkeren siger {amount}.
            [Der er billeder vedhæftet|Jeg har taget billeder], og politiet har været her.
            Vi har [tørret op|dækket af] så godt, vi kunne.
            {item} var cirka to år gammel, da det skete.
        """),
        mentions=lines("""
            Sag {claim_no} er afsluttet[ og erstatningen udbetalt|].
            Vi havde {damage} i {month}, men det er [ordnet|betalt|udbedret].
            Det drejer sig ikke om skaden, den sag kører [fint|som den skal].
            Taksatoren var her den {date}, så alt er godt med {damage}.
            Vi har aldrig haft en skade[ eller fået erstatning|].
            Selv om {item} blev stjålet i {month}, skal jeg ikke have noget for det.
        """),
        replies=lines("""
            Din skade har fået nummer {claim_no}. En taksator ringer til dig inden for {days}.
            Vi har udbetalt {amount} i erstatning for {item}. Selvrisikoen er trukket fra.
        """),
    ),
    "cancellation": Topic(
        subjects=lines("""
            [Opsigelse|Opsigelse af {supply}|Opsigelse af {insurance}]
            Ophør pr. {date}
            Fortrydelse af aftale
        """),
        requests=lines("""
            Jeg opsiger [hermed |]min {supply} [pr. {date}|med udgangen af {month}].
            [Jeg ønsker at|Jeg vil gerne] opsige {insurance}en[, da bilen er solgt| fra {month}].
            Vi flytter til udlandet den {date} og skal have {supply}n stoppet.
            Hvor langt opsigelsesvarsel er der på {insurance}en, hvis jeg vil [ud|stoppe] nu?
            Jeg har fået et bedre tilbud fra {rival}, så [min {insurance}|{supply}n] skal [ophøre|stoppe].
            [Bekræft venligst, at|Kan I bekræfte, at] {supply}n stopper den {date}[, og at jeg er ude|]?
            Jeg fortryder købet af {insurance} fra den {date} og bruger min fortrydelsesret.
            {relative} er død, og {supply}n skal [lukkes|afmeldes] pr. {date}.
            Jeg vil ikke have {insurance}en fornyet[, når perioden udløber|] den {date}.
            Efter den prisstigning er jeg færdig hos jer: luk {supply}n[ hurtigst muligt|].
            Kan jeg [slippe ud af|komme ud af] {supply}n før tid, eller er jeg bundet til {month}?
            Opsig {insurance}, kundenr. {customer_no}.
        """),
        details=lines("""
            Bindingsperioden [udløb|slutter] den {date}.
            Det sidste beløb betaler jeg selvfølgelig.
            {rival} overtager fra den {date}.
            Send [en slutopgørelse|en bekræftelse] på det.
            Fuldmagten er vedhæftet.
        """),
        mentions=lines("""
            Jeg har ingen planer om at opsige {supply}n.
            Min gamle {insurance} hos {rival} er opsagt[, det har de bekræftet|].
            Bliver det ikke løst, [opsiger jeg {supply}n|finder jeg et andet selskab].
            Jeg opsagde min {insurance} i {month}, og det er [bekræftet|på plads].
            Det er ikke, fordi jeg vil [opsige|ud af aftalen|skifte].
            Min {supply} stoppede som aftalt den {date}.
        """),
        replies=lines("""
            Vi har modtaget din opsigelse. Din {supply} ophører den {date}, og du hører ikke mere fra os.
            Din {insurance} kan opsiges med {days} varsel. Vil du stadig opsige, så svar på denne mail.
        """),
    ),
    "new_contract": Topic(
        subjects=lines("""
            [Tilbud på|Pris på] {insurance}
            [Ny aftale|Bestilling|Ny kunde]
            Vil gerne have {supply}
        """),
        requests=lines("""
            [Kan I give mig|Jeg vil gerne have] et tilbud på {insurance}?
            Hvad koster en {supply} for en familie på [to|tre|fire]?
            Jeg vil [gerne |]bestille en {supply} fra den {date}.
            Jeg har opsagt {insurance}en hos {rival}. Kan I [overtage den|give mig en ny] fra den {date}?
            Vi køber hus og overtager den {date}. [Hvilken {supply} kan I levere|Vi mangler en {insurance}].
            Kan jeg [få|tegne] en {insurance} hos jer, når jeg allerede har en {supply}?
            Jeg siger ja til tilbuddet på {amount} om året. [Send papirerne|Hvad gør vi nu]?
            Hvordan bliver man kunde hos jer? Jeg betaler i dag {small} hos {rival}.
            {relative} skal have sin egen {insurance}. [Hvad kræver det|Kan I ringe med en pris]?
            Er {insurance}en billigere, hvis jeg samler det hele hos jer[, og hvad dækker den|]?
            Jeg har fået ny bil og skal have den forsikret [fra den {date}|allerede i morgen].
            Kan I tilbyde fast pris på strøm, eller er der kun variabel pris at vælge?
        """),
        details=lines("""
            Vi er {n} i husstanden og bruger cirka {reading} kWh om året.
            Huset er på {sqm} kvadratmeter.
            I dag betaler jeg {small} om måneden hos {rival}.
            Det skal [gælde|begynde] fra den {date}.
            Selvrisikoen må gerne være {amount}.
        """),
        mentions=lines("""
            Jeg har lige tegnet en {insurance} hos jer[ og er glad for den|].
            Tilbuddet på {insurance}en har jeg takket [ja|nej tak] til.
            Jeg skal ikke have [noget tilbud|nogen ny aftale|flere forsikringer].
            Da jeg bestilte min {supply} i {month}, [gik det let|var alt i orden].
            Den nye {supply} er begyndt som aftalt[ den {date}|].
        """),
        replies=lines("""
            Vi kan tilbyde dig en {insurance} til {amount} om året. Tilbuddet gælder i {days}.
            Velkommen som kunde. Din nye {supply} begynder den {date}, og prisen er {small} om måneden.
        """),
    ),
    "address_change": Topic(
        subjects=lines("""
            [Flytning|Ny adresse|Adresseændring]
            Vi flytter den {date}
            [Nyt telefonnummer|Nye oplysninger]
        """),
        requests=lines("""
            Vi flytter den {date} til {address}. [Vil I rette det|Kan I opdatere det]?
            Min nye adresse er {address}[ fra den {date}|].
            Jeg skal [melde flytning|flytte] og vil tage min {supply} med til {address}.
            Flyttemelding: målernr. {meter_no} er aflæst til {reading} den {date}, herefter {address}.
            [Ret venligst min mailadresse|Ret mit telefonnummer] i jeres system, det gamle bruger jeg ikke mere.
            Send fremover [alt|{invoice}er] til {address}[ i stedet for den gamle adresse|].
            Jeg er blevet gift og hedder nu [Holm|Skov|Bjerg] til efternavn. Kan I rette det på {insurance}en?
            Skal {insurance}en [rettes|ændres], når vi flytter til {address}?
            {relative} og jeg er flyttet fra hinanden. {supply}n skal stå i mit navn alene fra den {date}.
            Der kom post fra jer til min gamle bopæl igen. Jeg bor [nu på|på] {address}.
            Fra den {date} overtager {relative} lejligheden. [Kan aftalen skrives om|Skift navnet på måleren].
        """),
        details=lines("""
            Jeg får nøglerne den {date}.
            Målernummeret det nye sted er {meter_no}.
            De nye ejere overtager [den {date}|ved månedens udgang].
            Telefonnummeret er det samme.
            Vi er {n} på den nye adresse.
        """),
        mentions=lines("""
            I har [allerede |]min nye adresse, {address}.
            Vi flyttede hertil i {month}, [det har I registreret|det er meldt].
            Jeg er ikke flyttet[, adressen er den samme|].
            Vi skal måske flytte til {month}, men det [vender jeg tilbage om|er ikke afgjort].
            Navn og telefonnummer er rettet, [tak|det kan jeg se].
        """),
        replies=lines("""
            Vi har registreret din flytning til {address} den {date}. Du behøver ikke gøre mere.
            Din nye adresse står nu i vores system. Husk at aflæse måleren {meter_no} på flyttedagen.
        """),
    ),
    "technical": Topic(
        subjects=lines("""
            [Kan ikke logge ind|Problemer med app'en|Fejl på hjemmesiden]
            Måler {meter_no}
            [Ingen strøm|Internettet er nede]
        """),
        requests=lines("""
            Jeg kan ikke logge ind på {site}, den viser {error}. [Kan I hjælpe|Hvad gør jeg]?
            {site} [går ned|viser {error}], hver gang jeg vil [se min {invoice}|betale|melde flytning].
            Måler {meter_no} har ikke sendt tal siden den {date}. [Kan I se på den|Er den i stykker]?
            Vi har ikke haft strøm siden klokken {hour}. Hvornår [er den tilbage|kommer den igen]?
            Jeg får {error}, når jeg prøver at uploade billeder af skaden[ på {site}|].
            Kan I [nulstille|sende] min adgangskode? [Linket i mailen virker ikke|Jeg får ingen sms].
            Forbindelsen falder ud hver aften, efter at routeren blev skiftet. [Send en tekniker|Hvad er galt]?
            På {site} står der et forbrug på {reading} kWh for i går. Tallet er vist ikke opdateret, vel?
            Opsigelsesknappen på {site} virker ikke. [Er det en fejl hos jer|Hvilken browser skal jeg bruge]?
            MitID melder {error}, når jeg vil underskrive tilbuddet. [Kan det løses|Virker det for andre]?
            [Display|Skærm]et på måleren er [sort|gået ud]. Kan nogen komme og skifte den?
        """),
        details=lines("""
            Jeg har prøvet både [på telefon og computer|i Chrome og Edge].
            Der står {error}.
            Det begyndte den {date} [ved {hour}-tiden|efter opdateringen].
            Jeg har genstartet det hele [to|tre] gange.
            Naboen har ikke problemet.
        """),
        mentions=lines("""
            {site} drillede [i går|i {month}], men nu virker det igen.
            Adgangskoden er nulstillet, så jeg [kan logge ind|er på] igen.
            Måler {meter_no} blev skiftet i {month}[, og den virker|].
            Strømafbrydelsen i {month} er glemt.
            Jeg har fundet oplysningerne på {site}[ uden problemer|], tak for hjælpen med login.
        """),
        replies=lines("""
            Fejlen på {site} er rettet. Log ind igen, og genstart telefonen, hvis du stadig ser {error}.
            Vores tekniker skifter måler {meter_no} den {date}. Der vil være afbrudt i cirka en time.
        """),
    ),
    "complaint": Topic(
        subjects=lines("""
            [Klage|Klage over sagsbehandling|Utilfreds kunde]
            [Dårlig service|Jeres svar af {date}]
            Klage over afgørelse {claim_no}
        """),
        requests=lines("""
            Jeg klager [hermed |]over [behandlingen af sag {claim_no}|jeres medarbejder {agent}].
            Jeg er [dybt |]utilfreds med, at ingen ringer tilbage. [Hvem er jeres chef|Det vil jeg klage over].
            [Jeg er uenig i|Jeg kan ikke acceptere] afgørelsen om {damage} og vil have den prøvet igen.
            Hvor sender jeg en klage [hen |]over jeres kundeservice[, der lagde røret på|]?
            Nu har jeg skrevet {n} gange om {invoice}en uden svar. [Det er under al kritik|Lad en leder se på det].
            Sælgeren lovede mig noget andet end det, der står i {supply}n. Det vil jeg klage over.
            Det er for ringe, at min opsigelse har ligget i {days}. [Jeg forventer en undskyldning|Hvem har ansvaret]?
            Jeg går til Ankenævnet, hvis I fastholder [jeres afslag|afgørelsen af {date}]. Tag sagen op igen.
            Tonen i telefonen, da jeg bad om henstand, var uhørt. [Se det som en klage|Det skal jeres leder vide].
            Teknikeren kom {n} timer for sent og var uforskammet. [Hvem tager sig af klager|Sådan gør man ikke].
            Jeg vil have en skriftlig forklaring på, hvorfor I har ladet os vente i {days}[ med skaden|].
        """),
        details=lines("""
            Jeg har været kunde i {n} år, og sådan er jeg aldrig blevet behandlet.
            {agent} afbrød mig flere gange.
            Ingen har vendt tilbage, som det blev lovet den {date}.
            Jeg har siddet {n} gange i kø i over en time.
            Jeg forventer et svar inden {days}.
        """),
        mentions=lines("""
            Jeg skriver ikke for at klage[ over ventetiden|].
            I {month} klagede jeg over sagsbehandlingen og fik et [fint|ordentligt] svar.
            Jeg sad [en time|længe] i telefonkø, men skidt med det.
            Jeg har ikke noget at udsætte på {agent}, [tværtimod|som var meget venlig].
            Undskyldningen fra jeres leder har jeg modtaget[, sagen er lukket for mig|].
        """),
        replies=lines("""
            Vi beklager den behandling, du har fået. Din klage ligger nu hos vores klageansvarlige.
            Vi har gennemgået din klage over sag {claim_no} og fastholder vores afgørelse af {date}.
        """),
    ),
}
