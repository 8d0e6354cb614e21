"""What mails to every department have: greetings, small talk, turns, closings, disclaimers."""

from collections.abc import Mapping

from goldsmith.sources.generators._email_lexicon import DANISH, ENGLISH, Phrases


def _phrases(sheet: str) -> Phrases:
    """Return the phrases of a sheet of "kind: wording" lines."""
    found: dict[str, list[str]] = {field: [] for field in Phrases._fields}
    for line in sheet.strip().splitlines():
        kind, wording = line.split(": ", 1)
        found[kind if kind in found else f"{kind}s"].append(wording)
    return Phrases(**{field: tuple(wordings) for field, wordings in found.items()})


TRAIN_PHRASES: Mapping[str, Phrases] = {
    DANISH: _phrases("""
subject: [Hej|Spørgsmål|Hjælp|Haster]
subject: Kundenr. {customer_no}
subject: [Henvendelse|Vedr. min {supply}|Vedr. min {insurance}]
subject: {supply}
greeting: [Hej|Hej Fjordlys|Hej med jer|Hejsa]
greeting: [Kære Fjordlys|Kære kundeservice|Til rette vedkommende]
greeting: [Godmorgen|Goddag|Hej igen]
filler: Jeg har været kunde hos jer i {n} år.
filler: Mit kundenummer er {customer_no}.
filler: Jeg prøvede at ringe [i går|den {date}], men der var lang kø.
filler: [Håber|Jeg håber], det er den rigtige mail at skrive til.
filler: Undskyld, hvis jeg [roder rundt i det|skriver forkert].
filler: Jeg [håber, I har det godt|ønsker jer en god dag].
filler: Ring gerne efter klokken {hour}[, jeg er på arbejde før|].
filler: {relative} siger, at man skal skrive til jer.
filler: Det er for [{relative}|os begge to], jeg skriver.
filler: Jeg bor på {street}.
filler: Min {supply} og min {insurance} ligger begge hos jer.
turn: Det er ikke derfor, jeg skriver.
turn: [Men nu|Nå, men] til det, jeg vil.
turn: Det var bare til orientering. [Mit ærinde er et andet|Nu til sagen].
turn: Nu [gælder det|er der] noget andet.
aside: [I øvrigt|For en god ordens skyld]:
aside: PS.
aside: Bare så I ved det:
closing: [Mvh|Mvh.|Med venlig hilsen|Venlig hilsen|Vh|Hilsen]
closing: [På forhånd tak|Tak for hjælpen|Hav en god dag]
disclaimer: Denne mail og eventuelle bilag er fortrolige. Er du ikke rette modtager, så giv besked, og slet mailen.
disclaimer: Tænk på miljøet, før du printer. Vi behandler personoplysninger som beskrevet på vores hjemmeside.
disclaimer: Sendt fra min [iPhone|telefon|iPad]
cover: [Kan du|Kan I] tage den her? [/{agent}|Hilsen {agent}]
cover: [Havnede hos mig|Til jer], se nedenfor. /{agent}
cover: Den er vist ikke til os. [Vh {agent}|{agent}]
salute: [Hej|Kære|Goddag]
thanks: Tak for din [mail|henvendelse].
thanks: Tak, fordi du skriver til os.
report: Sidst skrev jeg: "{told}" Det er [ordnet nu|der styr på|besvaret].
report: [I fik forleden en mail om|I {month} skrev {relative} om] det her: "{told}" [Den kan I se bort fra|Det er klaret].
report: Mit gamle spørgsmål, "{told}", [skal I ikke svare på mere|har {agent} svaret på].
"""),
    ENGLISH: _phrases("""
subject: [Hello|Question|Help|Urgent]
subject: Customer no. {customer_no}
subject: [Enquiry|About my {supply}|About my {insurance}]
subject: {supply}
greeting: [Hi|Hi there|Hello|Hello Fjordlys]
greeting: [Dear Fjordlys|Dear customer service|Dear Sir or Madam]
greeting: [Good morning|Good afternoon|Hi again]
filler: I have been with you for {n} years.
filler: My customer number is {customer_no}.
filler: I tried to call [yesterday|on {date}], but there was a long queue.
filler: [Hope|I hope] this is the right address to write to.
filler: Sorry if I [mix things up|write to the wrong place].
filler: I [hope you are well|wish you a good day].
filler: Do ring after {hour}[, I am at work before that|].
filler: {relative} says one should write to you.
filler: I am writing for [{relative}|both of us].
filler: I live at {street}.
filler: Both my {supply} and my {insurance} are with you.
turn: That is not why I am writing.
turn: [Now for|Anyway,] what I want.
turn: That was just for information. [I have another errand|Now to the point].
turn: Now it is [about|for] something else.
aside: [By the way|For the record]:
aside: PS.
aside: Just so you know:
closing: [Regards|Kind regards|Best|Best wishes|Yours sincerely|Rgds]
closing: [Thanks in advance|Thank you for your help|Have a nice day]
disclaimer: This e-mail and its attachments are confidential. If you are not the intended recipient, tell us and delete it.
disclaimer: Think of the environment before printing. We handle personal data as described on our website.
disclaimer: Sent from my [iPhone|phone|iPad]
cover: [Can you|Could you] take this one? [/{agent}|Regards {agent}]
cover: [Ended up with me|For you], see below. /{agent}
cover: I do not think this is for us. [Rgds {agent}|{agent}]
salute: [Hi|Dear|Hello]
thanks: Thank you for your [mail|enquiry].
thanks: Thank you for writing to us.
report: Last time I wrote: "{told}" That is [sorted now|in hand|answered].
report: [The other day you got a mail with|In {month} {relative} sent you] this: "{told}" [You can ignore it|That is settled].
report: My old question, "{told}", [needs no answer any more|was answered by {agent}].
"""),
}

VALIDATION_PHRASES: Mapping[str, Phrases] = {
    DANISH: _phrases("""
subject: [Kort henvendelse|Min sag]
greeting: [Dav|Hej alle]
filler: Jeg er på mail hele dagen.
filler: Vi har alting samlet hos jer.
turn: Grunden til, at jeg skriver, er dog en anden.
aside: En lille ting mere:
closing: [De bedste hilsner|Mange hilsner]
disclaimer: Mailen kan indeholde oplysninger, der kun er beregnet for modtageren.
cover: Se denne, tak. {agent}
salute: Hej igen
thanks: Vi har læst din besked.
report: Glem det, jeg skrev i {month}: "{told}"
"""),
    ENGLISH: _phrases("""
subject: [A quick one|My case]
greeting: [Hiya|Hello all]
filler: I am on e-mail all day.
filler: We have everything with you.
turn: The reason I write is another one, though.
aside: One more small thing:
closing: [Warm regards|Many greetings]
disclaimer: The mail may hold information that is meant for its recipient only.
cover: See this, please. {agent}
salute: Hello again
thanks: We have read your message.
report: Forget what I wrote in {month}: "{told}"
"""),
}

TEST_PHRASES: Mapping[str, Phrases] = {
    DANISH: _phrases("""
subject: [Uden emne|En lille ting|Til den rette]
subject: {customer_no}
greeting: [Halløj|Halløj Fjordlys|Hej derude]
greeting: [Ærede medarbejdere|Hej team]
filler: Jeg er ordblind, så bær over med mig.
filler: Vi er på ferie til den {date}, så svar pr. mail.
filler: Kundenummer: {customer_no}, hvis I skal bruge det.
filler: Sig til, hvis jeg har skrevet til den forkerte.
filler: Det er {relative}, der har sat mig på opgaven.
turn: Så meget om det. Her er, hvad det gælder:
turn: Nok om det.
turn: Det lader vi ligge.
aside: Og så lige:
aside: Til jeres orientering:
closing: [Bedste hilsner|Kh|Hilsner herfra]
closing: [Tak for tiden|Jeg hører fra jer]
disclaimer: Indholdet er privat og må ikke gives videre uden afsenderens samtykke.
disclaimer: Hentet fra Mail til Android
cover: Vil I kigge på den? Jeg kan ikke hjælpe. {agent}
salute: Goddag igen
thanks: Godt, du tog fat i os.
report: "{told}" Sådan lød min forrige mail, og den har I klaret fint.
report: Der ligger også et brev fra {relative}: "{told}" Det kan I smide ud.
"""),
    ENGLISH: _phrases("""
subject: [No subject|A small matter|To whom it may concern]
subject: {customer_no}
greeting: [Hey|Hey Fjordlys|Greetings]
greeting: [Dear team|Dear all]
filler: English is my third language, so bear with me.
filler: We are on holiday until {date}, so answer by mail.
filler: Customer number: {customer_no}, in case it is of use.
filler: Let me know if I have the wrong person.
filler: It was {relative} who gave me this task.
turn: So much for that. Here is what it is about:
turn: Enough of that.
turn: Let us leave it there.
aside: And one thing more:
aside: To keep you informed:
closing: [All the best|Cheers|Sincerely]
closing: [Thanks for your time|I look forward to hearing from you]
disclaimer: The content is private and may not be passed on without the consent of the sender.
disclaimer: Get Mail for Android
cover: Would you look at this? I cannot help. {agent}
salute: Good day
thanks: We are glad you got in touch.
report: "{told}" So ran my previous mail, and you dealt with it well.
report: There is also a letter from {relative}: "{told}" You may throw that away.
"""),
}
