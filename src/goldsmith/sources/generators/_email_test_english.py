"""English wordings that only the unseen mails of test have."""

from goldsmith.sources.generators._email_lexicon import topics

TEST = topics("""
[billing]
subject: Baffling {invoice}
subject: Sums that do not add up
request: Can it really be that you charge {amount} for {month}? The amount is like nothing we have seen before.
request: There is a mistake: {small} was taken from my account though I owe you nothing. I want it back.
request: My accountant is missing a copy of the {invoice} for {month}. [Where would I find it|Could it be sent on]?
request: What is the line "fee and other services" of {small} on my {invoice} for?
request: The {amount} that you owe me from last year ought to have reached my account in {month}. Where is it?
request: [Is it not so|Could it be] that I was charged for both the old and the new home? Do check the amount.
request: I would like every bill by e-mail from now on, and that goes for the one in {month} too.
request: The price on the {invoice} is not the one we signed for. Have the amount put right.
detail: The reading said {reading}, and I have a photo of it.
detail: The bank says it went through on {date}.
detail: It ought to say {small} at most.
mention: I am on top of the {invoice} of {amount}.
mention: What you had taken too much of in {month} is back in the account.
mention: I have no questions on the price of {small}.
mention: The {invoice} got here the other day and there is nothing the matter with it.
reply: We see that {amount} too much was paid. It will be in your account in {days}.
[payment_plan]
subject: Money is tight
subject: Deferral
request: We struggle to make ends meet. Could we agree that the {amount} is paid a little at a time?
request: [Would you consider|Is there any chance of] more time to pay the {invoice}? On {date} I can manage.
request: I will not make the deadline. Give me {days} more and I can pay it all at once.
request: If you take {small} every month, the debt is gone by Christmas. Is that a deal?
request: Our business has been hit, and {amount} here and now is too much. Could it be split over {n} months?
request: Hold back the reminder and the debt collectors, my holiday money comes on {date} and I will pay then.
request: The compensation is slow in coming, so we cannot pay {amount} yet. May we have an extension?
detail: Housing benefit comes in on {date}.
detail: I am alone with {n} children.
detail: {small} can be spared right now.
mention: I have money enough for the lot, so paying bit by bit is not on the cards.
mention: What I owed you in {month} is settled in full.
mention: It was kind of you to give me longer in {month}.
mention: The debt collection from last year was struck out.
reply: We have split the {amount}, so that you pay in {small} each term from {date}.
[claims]
subject: Accident on {date}
subject: A mishap at home
request: It has happened: we have had {damage}. How do we report the claim?
request: The {item} was broken when {relative} [dropped a pot|tripped]. Is there compensation for a new one?
request: What became of the damage in {claim_no}? We are still without a floor.
request: You asked for the age and price of the {item}. The receipts for claim {claim_no} are attached.
request: We were robbed while moving house. Is that something the {insurance} covers?
request: How much of the {amount} that the builder wants for the repairs will be paid out?
request: {relative} fell on the stairs and has an injury. Which report does the doctor fill in for you?
request: Could an assessor come and measure the damp after {damage}?
detail: We noticed at {hour} o'clock.
detail: I am happy to send the police number.
detail: The carpenter has put a tarpaulin over it.
mention: What happened to the {item} you have made good[ in full|].
mention: {damage} in {month} is a closed chapter.
mention: The storm spared us and there is nothing to tell.
mention: I have been kept well informed on {claim_no}.
reply: We have asked a firm to dry out your rooms. Take pictures and keep the {item}, case {claim_no}.
[cancellation]
subject: Goodbye
subject: {supply} no longer needed
request: I have no further use for the {supply} and [cancel it|want to cancel it] by {date}.
request: Thanks for everything. [From {month}|After {date}] I shall manage with {rival}, so my {supply} can stop there.
request: The car has been scrapped. The {insurance} that goes with it has to end.
request: We found a lower price and wish to leave the {supply} as soon as notice allows.
request: Where does one sign a cancellation? The {insurance} must be stopped before {month}.
request: {relative} went into a nursing home, the flat is empty, and the contract for power must be closed.
request: I regret it: the purchase of {insurance} on {date} is annulled within the {days} the law gives.
detail: Notice should be {days}.
detail: Keep the money for the rest of the period.
detail: {rival} is standing by.
mention: I am staying with you, the {supply} simply carries on.
mention: The {insurance} we said goodbye to in {month} is over and done with.
mention: We nearly went to {rival}, but dropped the idea.
mention: Stopping did cross my mind, but that is not what this is about.
reply: It is noted that you are stopping. The last day of the {supply} is {date}.
[new_contract]
subject: Interested
subject: What would {insurance} set me back?
request: [What would we pay|What does it cost] for {insurance} if the excess is {amount}? Give us a quote.
request: A colleague recommended you. We need an electricity contract in the new house, what can you offer?
request: Ring me with a quote for {insurance}, I am thinking of putting it all with you.
request: I accept the offer of {small} a month. Do I sign somewhere?
request: We bought a [dog|boat|caravan] and would like to have it insured. What is the price?
request: When {rival} lets me go on {date}, I want to become a customer with a {supply}. Can I order it now?
request: {relative} lives apart from us now. Is joining my {insurance} possible, or is it a new one, and what does it cost?
detail: {sqm} m2, timber, from 1931.
detail: {n} people and an electric car.
detail: With {rival} we get off with {small}.
mention: The deal on the {supply} got off to a good start.
mention: Your salesman rang with a fine price, but we will pass.
mention: We joined you in {month} and are at ease with it.
mention: Further cover is not what we are after.
reply: Here is our bid: {insurance} at {small} each month. Say yes and we will send the papers.
[address_change]
subject: Living elsewhere
subject: Correction of my data
request: Now it is our turn to move: from {date} the address is {address}.
request: The post goes to my old address. I live at {address}.
request: We sold the house and are moving to {address}. Can the {supply} come along to the new place?
request: Could you change my name on the {insurance}? Since the divorce I use my maiden name again.
request: The mobile has a new phone number, and the e-mail address is another one too. Update your system, please.
request: The keys to the old place go back on {date}, when the meter read {reading}. Put the new owners down for it.
request: {relative} takes over the flat after me, so the name on the contract should be changed.
detail: The van comes on {date}.
detail: All {n} of us are on the door plate.
detail: The postcode is different.
mention: The address on the letter is right.
mention: Since we came here in {month}, post has gone to the right place.
mention: We are staying put, although the house was for sale.
mention: My new phone number is there already.
reply: From {date} we will send post to {address}. The new tenant knows about reading {meter_no}.
[technical]
subject: It does not work
subject: A dark house
request: Whenever I log in and press "approve" I get {error}. Are you aware of that?
request: {site} does not work and throws me out before I can [report anything|fetch a bill|leave]. What do I do?
request: It is pitch dark here, and the fuses are all in. When will the power be back?
request: The graph on {site} is flat since {date}, though we used power. What is wrong with the meter?
request: The code in your text message does not work. Can I log in some other way?
request: Our connection is like treacle, above all around {hour}. Can a technician measure it?
request: Pictures of the damage will not upload on {site}, it shows {error}. How does one do it?
detail: Cookies have been deleted.
detail: The light on the box blinks red.
detail: The last time it worked was {date}.
mention: {site} runs as it should.
mention: The box you swapped in {month} is faultless.
mention: I got in with the new code first time.
mention: We have forgotten that the lights went out in {month}.
reply: We restarted the link to {meter_no}. Should you still see {error}, try another browser.
[complaint]
subject: Beneath contempt
subject: Let down
request: This is beneath contempt. Pass my complaint on to your manager.
request: I will not be spoken to like that by {agent} just because I asked about my {invoice}. It is a complaint.
request: To have {damage} refused with a standard text is something I cannot accept. Let others look at the decision.
request: After {n} promises of a call that nobody kept, I want a written explanation from your manager.
request: Your salesman pushed {relative} into a {supply}. I am unhappy with that, and it must have consequences.
request: Who supervises you? The handling of {claim_no} was miserable, and I will complain further.
request: I waited a whole morning for a technician who never came. It is not good enough. What does your manager say?
detail: Nothing like it ever happened to me with {rival}.
detail: {agent} laughed at me.
detail: Since {date} there has been silence.
mention: I bear no grudge for the wait in {month}.
mention: Your people are kind, {agent} above all.
mention: I shall spare you any grumbling.
mention: The sulky letter I sent in {month} is behind us.
reply: We are sad to hear it. {agent} will look into what happened and answer you within {days}.
""")
