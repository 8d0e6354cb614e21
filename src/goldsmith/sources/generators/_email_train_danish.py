"""Danish wordings of training, and of those validation and test mails that are not unseen."""

from goldsmith.sources.generators._email_lexicon import topics

TRAIN = topics("""
[billing]
subject: [Spørgsmål til|Om] {invoice} {invoice_no}
subject: {invoice}en for {month}
subject: [Forkert beløb|Dobbelt betaling|For meget trukket]
request: [Kan|Vil] I sende mig [en kopi af {invoice}en|{invoice}en] for {month}[ en gang til|]?
request: Hvorfor er {invoice}en for {month} på {amount}, når [den plejer at være|den sidst var] {amount}?
request: Jeg er blevet trukket to gange for {month} og [vil gerne have|beder om] {amount} retur.
request: [Kan nogen|Vil I] forklare, hvad gebyret på {amount} på {invoice} {invoice_no} dækker?
request: {invoice} {invoice_no}: beløbet er forkert. [Ret det, tak|Send en ny|Den skal være på {amount}].
request: {supply}n sluttede {date}, men I opkræver stadig {small}. Hvad er det for?
request: Jeg flyttede den {date}, men der er forbrug med til den {date}. Hvordan har I regnet det ud?
request: [Jeg kan ikke se|Det fremgår ikke], hvor mange kWh der er regnet med. Send en specifikation.
request: Jeg betalte {amount} den {date}. [Er pengene bogført|Kan I se, hvor pengene er blevet af]?
request: [Hvornår kommer|Hvor bliver] de {amount}, jeg har til gode efter sidste opgørelse?
request: Kan {invoice}en fremover komme [på e-mail|via Betalingsservice] i stedet for [i e-Boks|med posten]?
request: Selvrisikoen på {amount} står der to gange på {invoice}en. [Kan I rette det|Er det en fejl]?
request: Afdraget for {month} er med på {invoice}en igen. [Træk det fra.|Hvorfor skal jeg betale det to gange?]
detail: Beløbet blev [hævet|trukket] på min konto den {date}.
detail: Måleren stod på {reading}, så det kan ikke passe.
detail: Ifølge {supply}n er prisen {small} om måneden.
detail: Jeg har vedhæftet [et billede|et kontoudtog].
detail: Moms og afgifter burde være {small}.
mention: {invoice}en for {month} er betalt[, så den skal I ikke tænke på|].
mention: Tak for den rettede {invoice}[ på {amount}|], nu passer beløbet.
mention: Jeg ved godt, at {invoice}en [først kommer i {month}|er på vej], det er fint.
mention: Det her handler ikke om {invoice}en på {amount}[, den er jeg enig i|].
mention: I {month} blev jeg trukket {amount} for meget, men det har I betalt tilbage.
mention: Hvad gebyret på {small} dækker, [har jeg fået forklaret|ved jeg nu].
reply: Vi har set på {invoice} {invoice_no}. {amount} for meget opkrævet bliver ført tilbage på din konto.
reply: {invoice}en for {month} dækker aconto og abonnement. Beløbet på {amount} er korrekt.
[payment_plan]
subject: [Afdragsordning|Henstand|Betalingsfrist]
subject: Rykker på {amount}
subject: Betaling af {invoice} {invoice_no}
request: [Kan|Må] jeg betale {invoice}en på {amount} i [tre|fire|seks] rater?
request: Jeg kan ikke betale {amount} på én gang. [Kan vi aftale|Er der mulighed for] en afdragsordning?
request: [Må|Kan] jeg få henstand med {invoice} {invoice_no} til [den {date}|efter ferien]?
request: Erstatningen er ikke kommet endnu. Kan betalingen af {invoice}en vente [{days}|til den {date}]?
request: Jeg har mistet mit arbejde. Kan vi aftale, at jeg betaler {small} om måneden, til det er klaret?
request: Kan betalingsfristen [rykkes|flyttes|udskydes] {days}? Jeg har først penge den {date}.
request: Min ordning med jer skal sættes ned til {small} om måneden, mere kan jeg ikke lige nu.
request: Inden I lukker for strømmen: [må|kan] jeg betale halvdelen nu og resten den {date}?
request: Flytningen blev dyrere end ventet. [Vil I dele|Er det i orden at dele] {invoice}en op?
request: Vent venligst med inkasso, jeg [foreslår at betale|kan betale] {small} hver måned.
request: Jeg beder om udsættelse med betalingen til den {date}.
detail: Jeg kan betale {small} med det samme.
detail: Min løn kommer [først|] den {date}.
detail: Jeg er på [dagpenge|SU|pension], så der er ikke meget at gøre godt med.
detail: Der er lagt {small} i rykkergebyr på.
detail: Regninger og gæld har hobet sig op.
mention: Afdragsordningen fra {month} er betalt ud.
mention: Jeg har ikke brug for [henstand|rater|udsættelse], pengene er der.
mention: Den rykker, jeg fik i {month}, har I trukket tilbage.
mention: I {month} fik jeg {days} mere til at betale, og det blev overholdt.
mention: Sidste rate på {small} faldt den {date}[, så den er ude af verden|].
reply: Vi kan tilbyde dig at betale {amount} i tre rater. Første rate på {small} forfalder den {date}.
reply: Du har fået henstand til den {date}. Betaler du senere, sender vi sagen til inkasso.
[claims]
subject: [Skade|Anmeldelse|Skadesag] {claim_no}
subject: [Skadeanmeldelse|Ny skade|Vi har haft en skade]
subject: Status på erstatning
request: Jeg vil [gerne |]anmelde {damage}[, opdaget den {date}|].
request: Vi har haft {damage}. [Hvad gør vi nu|Hvem kommer og ser på det|Dækker {insurance}en]?
request: Hvornår kommer taksatoren [ud til os|] og ser på skaden ({claim_no})?
request: [Hvor langt er I med|Er der nyt om|Hvad sker der med] sag {claim_no}?
request: Dækker min {insurance}, når {item} er blevet [stjålet|ødelagt]?
request: Her er [kvitteringerne|billederne|politirapporten] til sag {claim_no}, I bad om.[ Mangler der mere?|]
request: Hvornår bliver erstatningen på {amount} for {item} udbetalt?
request: Må vi gå i gang med at reparere[, før I har set skaden|], eller skal I godkende prisen på {amount} først?
request: Modparten kørte ind i os den {date}. [Hvem betaler|Skal jeg udfylde noget]? Jeg har nummerpladen.
request: Ved flytningen den {date} gik {item} i stykker. [Kan jeg få det erstattet|Hører det under {insurance}en]?
request: Lægen har set på mit knæ. Hvor skal erklæringen hen, så I kan vurdere méngraden?
request: Min selvrisiko i sag {claim_no}: trækker I den fra, før I udbetaler?
detail: Det skete [om natten til|om morgenen] den {date}.
detail: Håndværkeren siger {amount}.
detail: [Der er billeder vedhæftet|Jeg har taget billeder], og politiet har været her.
detail: Vi har [tørret op|dækket af] så godt, vi kunne.
detail: {item} var cirka to år gammel, da det skete.
mention: Sag {claim_no} er afsluttet[ og erstatningen udbetalt|].
mention: Vi havde {damage} i {month}, men det er [ordnet|betalt|udbedret].
mention: Det drejer sig ikke om skaden, den sag kører [fint|som den skal].
mention: Taksatoren var her den {date}, så alt er godt med {damage}.
mention: Vi har aldrig haft en skade[ eller fået erstatning|].
mention: Selv om {item} blev stjålet i {month}, skal jeg ikke have noget for det.
reply: Din skade har fået nummer {claim_no}. En taksator ringer til dig inden for {days}.
reply: Vi har udbetalt {amount} i erstatning for {item}. Selvrisikoen er trukket fra.
[cancellation]
subject: [Opsigelse|Opsigelse af {supply}|Opsigelse af {insurance}]
subject: Ophør pr. {date}
subject: Fortrydelse af aftale
request: Jeg opsiger [hermed |]min {supply} [pr. {date}|med udgangen af {month}].
request: [Jeg ønsker at|Jeg vil gerne] opsige {insurance}en[, da bilen er solgt| fra {month}].
request: Vi flytter til udlandet den {date} og skal have {supply}n stoppet.
request: Hvor langt opsigelsesvarsel er der på {insurance}en, hvis jeg vil [ud|stoppe] nu?
request: Jeg har fået et bedre tilbud fra {rival}, så [min {insurance}|{supply}n] skal [ophøre|stoppe].
request: [Bekræft venligst, at|Jeg beder jer bekræfte, at] {supply}n stopper den {date}[, og at jeg er ude|].
request: Jeg fortryder købet af {insurance} fra den {date} og bruger min fortrydelsesret.
request: {relative} er død, og {supply}n skal [lukkes|afmeldes] pr. {date}.
request: Jeg vil ikke have {insurance}en fornyet[, når perioden udløber|] den {date}.
request: Efter den prisstigning er jeg færdig hos jer: luk {supply}n[ hurtigst muligt|].
request: Kan jeg [slippe ud af|komme ud af] {supply}n før tid, eller er jeg bundet til {month}?
request: Opsig {insurance}, kundenr. {customer_no}.
detail: Bindingsperioden [udløb|slutter] den {date}.
detail: Det sidste beløb betaler jeg selvfølgelig.
detail: {rival} overtager fra den {date}.
detail: Send [en slutopgørelse|en bekræftelse] på det.
detail: Fuldmagten er vedhæftet.
mention: Jeg har ingen planer om at opsige {supply}n.
mention: Min gamle {insurance} hos {rival} er opsagt[, det har de bekræftet|].
mention: Bliver det ikke løst, [opsiger jeg {supply}n|finder jeg et andet selskab].
mention: Jeg opsagde min {insurance} i {month}, og det er [bekræftet|på plads].
mention: Det er ikke, fordi jeg vil [opsige|ud af aftalen|skifte].
mention: Min {supply} stoppede som aftalt den {date}.
reply: Vi har modtaget din opsigelse. Din {supply} ophører den {date}, og du hører ikke mere fra os.
reply: Din {insurance} kan opsiges med et varsel på {days}. Vil du stadig opsige, så svar på denne mail.
[new_contract]
subject: [Tilbud på|Pris på] {insurance}
subject: [Ny aftale|Bestilling|Ny kunde]
subject: Vil gerne have {supply}
request: [Kan I give mig|Må jeg få] et tilbud på {insurance}?
request: Hvad koster en {supply} for en familie på [to|tre|fire]?
request: Jeg vil [gerne |]bestille en {supply} fra den {date}.
request: Jeg har opsagt {insurance}en hos {rival}. Kan I [overtage den|give mig en ny] fra den {date}?
request: Vi køber hus og overtager den {date}. [Hvilken {supply} kan I levere?|Vi mangler en {insurance}.]
request: Kan jeg [få|tegne] en {insurance} hos jer, når jeg allerede har en {supply}?
request: Jeg siger ja til tilbuddet på {amount} om året. [Send papirerne.|Hvad gør vi nu?]
request: Hvordan bliver man kunde hos jer? Jeg betaler i dag {small} hos {rival}.
request: {relative} skal have sin egen {insurance}. [Hvad kræver det|Kan I ringe med en pris]?
request: Er {insurance}en billigere, hvis jeg samler det hele hos jer[, og hvad dækker den|]?
request: Jeg har fået ny bil og skal have den forsikret [fra den {date}|allerede i morgen].
request: Kan I tilbyde fast pris på strøm, eller er der kun variabel pris at vælge?
detail: Vi er {n} i husstanden og bruger cirka {reading} kWh om året.
detail: Huset er på {sqm} kvadratmeter.
detail: I dag betaler jeg {small} om måneden hos {rival}.
detail: Det skal [gælde|begynde] fra den {date}.
detail: Selvrisikoen må gerne være {amount}.
mention: Jeg har lige tegnet en {insurance} hos jer[ og er glad for den|].
mention: Tilbuddet på {insurance}en har jeg takket [ja|nej tak] til.
mention: Jeg skal ikke have [noget tilbud|nogen ny aftale|flere forsikringer].
mention: Da jeg bestilte min {supply} i {month}, [gik det let|var alt i orden].
mention: Den nye {supply} er begyndt som aftalt[ den {date}|].
reply: Vi kan tilbyde dig en {insurance} til {amount} om året. Tilbuddet gælder i {days}.
reply: Velkommen som kunde. Din nye {supply} begynder den {date}, og prisen er {small} om måneden.
[address_change]
subject: [Flytning|Ny adresse|Adresseændring]
subject: Vi flytter den {date}
subject: [Nyt telefonnummer|Nye oplysninger]
request: Vi flytter den {date} til {address}. [Vil I rette det|Kan I opdatere det]?
request: Min nye adresse er {address}[ fra den {date}|].
request: Jeg skal [melde flytning|flytte] og vil tage min {supply} med til {address}.
request: Flyttemelding: målernr. {meter_no} er aflæst til {reading} den {date}, herefter {address}.
request: [Ret venligst min mailadresse|Ret mit telefonnummer] i jeres system, det gamle bruger jeg ikke mere.
request: Send fremover [alt|{invoice}er] til {address}[ i stedet for den gamle adresse|].
request: Jeg er blevet gift og hedder nu [Holm|Skov|Bjerg] til efternavn. Kan I rette det på {insurance}en?
request: Skal {insurance}en [rettes|ændres], når vi flytter til {address}?
request: {relative} og jeg er flyttet fra hinanden. {supply}n skal stå i mit navn alene fra den {date}.
request: Der kom post fra jer til min gamle bopæl igen. Jeg bor [nu på|på] {address}.
request: Fra den {date} overtager {relative} lejligheden. [Kan aftalen skrives om?|Skift navnet på måleren.]
detail: Jeg får nøglerne den {date}.
detail: Målernummeret det nye sted er {meter_no}.
detail: De nye ejere overtager [den {date}|ved månedens udgang].
detail: Telefonnummeret er det samme.
detail: Vi er {n} på den nye adresse.
mention: I har [allerede |]min nye adresse, {address}.
mention: Vi flyttede hertil i {month}, [det har I registreret|det er meldt].
mention: Jeg er ikke flyttet[, adressen er den samme|].
mention: Vi skal måske flytte til {month}, men det [vender jeg tilbage om|er ikke afgjort].
mention: Navn og telefonnummer er rettet, [tak|det kan jeg se].
reply: Vi har registreret din flytning til {address} den {date}. Du behøver ikke gøre mere.
reply: Din nye adresse står nu i vores system. Husk at aflæse måleren {meter_no} på flyttedagen.
[technical]
subject: [Kan ikke logge ind|Problemer med app'en|Fejl på hjemmesiden]
subject: Måler {meter_no}
subject: [Ingen strøm|Internettet er nede]
request: Jeg kan ikke logge ind på {site}, den viser {error}. [Kan I hjælpe|Hvad gør jeg]?
request: {site} [går ned|viser {error}], hver gang jeg vil [se min {invoice}|betale|melde flytning].
request: Måler {meter_no} har ikke sendt tal siden den {date}. [Kan I se på den|Er den i stykker]?
request: Vi har ikke haft strøm siden klokken {hour}. Hvornår [er den tilbage|kommer den igen]?
request: Jeg får {error}, når jeg prøver at uploade billeder af skaden[ på {site}|].
request: Kan I [nulstille|sende] min adgangskode? [Linket i mailen virker ikke|Jeg får ingen sms].
request: Forbindelsen falder ud hver aften, efter at routeren blev skiftet. [Send en tekniker.|Hvad er galt?]
request: På {site} står der et forbrug på {reading} kWh for i går. Tallet er vist ikke opdateret, vel?
request: Opsigelsesknappen på {site} virker ikke. [Er det en fejl hos jer|Hvilken browser skal jeg bruge]?
request: MitID melder {error}, når jeg vil underskrive tilbuddet. [Kan det løses|Virker det for andre]?
request: [Displayet|Skærmen] på måleren er [sort|gået ud]. Kan nogen komme og skifte den?
detail: Jeg har prøvet både [på telefon og computer|i Chrome og Edge].
detail: Der står {error}.
detail: Det begyndte den {date} [ved {hour}-tiden|efter opdateringen].
detail: Jeg har genstartet det hele [to|tre] gange.
detail: Naboen har ikke problemet.
mention: {site} drillede [i går|i {month}], men nu virker det igen.
mention: Adgangskoden er nulstillet, så jeg [kan logge ind|er på] igen.
mention: Måler {meter_no} blev skiftet i {month}[, og den virker|].
mention: Strømafbrydelsen i {month} er glemt.
mention: Jeg har fundet oplysningerne på {site}[ uden problemer|], tak for hjælpen med login.
reply: Fejlen på {site} er rettet. Log ind igen, og genstart telefonen, hvis du stadig ser {error}.
reply: Vores tekniker skifter måler {meter_no} den {date}. Der vil være afbrudt i cirka en time.
[complaint]
subject: [Klage|Klage over sagsbehandling|Utilfreds kunde]
subject: [Dårlig service|Jeres svar af {date}]
subject: Klage over afgørelse {claim_no}
request: Jeg klager [hermed |]over [behandlingen af sag {claim_no}|jeres medarbejder {agent}].
request: Jeg er [dybt |]utilfreds med, at ingen ringer tilbage. [Hvem er jeres chef?|Det vil jeg klage over.]
request: [Jeg er uenig i|Jeg kan ikke acceptere] afgørelsen om {damage} og vil have den prøvet igen.
request: Hvor sender jeg en klage [hen |]over jeres kundeservice[, der lagde røret på|]?
request: Nu har jeg skrevet {n} gange om {invoice}en uden svar. [Det er under al kritik|Lad en leder se på det].
request: Sælgeren lovede mig noget andet end det, der står i {supply}n. Det vil jeg klage over.
request: Det er for ringe, at min opsigelse har ligget i {days}. [Jeg forventer en undskyldning.|Hvem har ansvaret?]
request: Jeg går til Ankenævnet, hvis I fastholder [jeres afslag|afgørelsen af {date}]. Tag sagen op igen.
request: Tonen i telefonen, da jeg bad om henstand, var uhørt. [Se det som en klage|Det skal jeres leder vide].
request: Teknikeren kom {n} timer for sent og var uforskammet. [Hvem tager sig af klager?|Sådan gør man ikke.]
request: Jeg vil have en skriftlig forklaring på, hvorfor I har ladet os vente i {days}[ med skaden|].
detail: Jeg har været kunde i {n} år, og sådan er jeg aldrig blevet behandlet.
detail: {agent} afbrød mig flere gange.
detail: Ingen har vendt tilbage, som det blev lovet den {date}.
detail: Jeg har siddet {n} gange i kø i over en time.
detail: Jeg forventer et svar inden {days}.
mention: Jeg skriver ikke for at klage[ over ventetiden|].
mention: I {month} klagede jeg over sagsbehandlingen og fik et [fint|ordentligt] svar.
mention: Jeg sad [en time|længe] i telefonkø, men skidt med det.
mention: Jeg har ikke noget at udsætte på {agent}, [tværtimod|som var meget venlig].
mention: Undskyldningen fra jeres leder har jeg modtaget[, sagen er lukket for mig|].
reply: Vi beklager den behandling, du har fået. Din klage ligger nu hos vores klageansvarlige.
reply: Vi har gennemgået din klage over sag {claim_no} og fastholder vores afgørelse af {date}.
""")
