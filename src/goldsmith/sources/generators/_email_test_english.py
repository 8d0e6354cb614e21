"""English wordings that only the unseen mails of test have."""

from goldsmith.sources.generators._email_lexicon import topics

TEST = topics("""
[billing]
subject: Baffling {invoice}
subject: Sums that do not add up
request: Can it really be that we owe {amount} for {month}? That is like nothing we have seen before.
request: There is a mistake: {small} has gone from my account though I owe you nothing. Kindly return it.
request: My accountant is missing the paperwork for {month}. [Where would I find it|Could it be sent on]?
request: What is the line "other services" at {small} about?
request: The surplus of {amount} from last year ought to have reached us in {month}. Where is it?
request: [Is it not so|Could it be] that the standing charge was taken for both the old and the new home? Do check.
request: I would like the papers digitally in future, and that goes for the {invoice} due in {month} too.
request: The rate on the {invoice} is not the one we signed for. Have it worked out afresh.
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
request: We struggle to make ends meet. Could we work something out on the {amount}, a little at a time?
request: [Would you consider|Is there any hope of] some leeway with the {invoice}? By {date} I can manage.
request: I will not make the deadline. Give me {days} and you shall have it all in one go.
request: If you take {small} on the first of each month, it is gone by Christmas. Is that a deal?
request: Our business has been hit, and {amount} here and now is too much. Let us spread it over {n} months.
request: Put the reminder on ice, my holiday pay arrives on {date} and I will clear everything then.
request: The insurance money is slow in coming, so we need breathing space for the {amount}. Can you stretch it?
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
request: It has happened: {damage}. What is the next step?
request: The {item} was ruined when {relative} [dropped a pot|tripped]. Do you give a new one?
request: What became of {claim_no}? We are still without a floor.
request: You asked for the age and price of the {item}. Both are on the attached slip for {claim_no}.
request: We were robbed while moving house. Is that something the {insurance} looks after?
request: How much of the {amount} that the carpenter wants for putting it right can we count on from you?
request: {relative} fell on the stairs and needs an operation. Which form does the doctor fill in for you?
request: Could one of your people come and measure the damp after {damage}?
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
request: I have no further use for the {supply} and [am bowing out|want it ended] by {date}.
request: Thanks for everything. [From {month}|After {date}] I shall manage with {rival}, so take me off the list.
request: The car has been scrapped. The {insurance} that goes with it can be deleted.
request: We found a lower price and wish to be out of the {supply} as soon as notice allows.
request: Where does one sign to stop? The {insurance} has to go before {month}.
request: {relative} went into a nursing home, the flat is empty, and the {supply} must not run on.
request: The purchase of {insurance} on {date} is annulled within the {days} the law gives.
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
request: [What would we pay|What does one get away with] for {insurance} if our own share is {amount}?
request: A colleague recommended you. We lack electricity in the new house, what do you suggest?
request: Ring me about {insurance}, I am thinking of bringing everything together.
request: I say yes to the price of {small} a month. Do I sign somewhere?
request: We bought a [dog|boat|caravan] and need it to be covered.
request: When {rival} lets me go on {date}, I want to come over to you with a {supply}. Can it be done?
request: {relative} lives apart from us now. Is joining my {insurance} possible, or is it another one, and at what price?
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
request: Now it is our turn to pack up: from {date} it will be {address}.
request: The post ends up in the wrong place. I am to be found at {address}.
request: We sold the house and are off to {address}. Can the {supply} come along?
request: Could you spell my name right on the {insurance}? Since the divorce I am back to my maiden name.
request: The mobile has a new number, and the mailbox is another one too. Enter them, please.
request: The keys to the old place go back on {date}, when meter {meter_no} showed {reading}. Put the new tenant down for it.
request: {relative} has the flat after me, so the contract ought to be in the name of the new occupant.
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
request: Whenever I press "approve" I get {error}. Are you aware of that?
request: {site} throws me out before I can [report anything|fetch the paper|leave]. What can I do?
request: It is pitch dark here, and the fuses are all in. Is it you or the house?
request: The graph on {site} is flat since {date}, though we used plenty. What is up with the meter?
request: The code you texted is refused. Give me another way in.
request: Our line is like treacle, above all around {hour}. Can it be measured?
request: The files for your claims people will not attach on {site}, it says {error}. How does one do it?
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
request: This is not all right. Pass my letter on to whoever is in charge of your staff.
request: I will not stand for being spoken to like that by {agent} just because I asked about my {invoice}.
request: To have {damage} turned down with a standard text is an insult. I demand that other eyes look at it.
request: After {n} promises of a call that nobody kept, I wish for an account from the management.
request: Your salesman pushed {relative} into a {supply}. That is no way to act, and it must have consequences.
request: Who supervises you? {claim_no} was handled miserably, and I am taking it further.
request: I wasted a whole morning on a technician who never turned up. What do you have to say for yourselves?
detail: Nothing like it ever happened to me with {rival}.
detail: {agent} laughed at me.
detail: Since {date} there has been silence.
mention: I bear no grudge for the wait in {month}.
mention: Your people are kind, {agent} above all.
mention: I shall spare you any grumbling.
mention: The sulky letter I sent in {month} is behind us.
reply: We are sad to hear it. {agent} will look into what happened and answer you within {days}.
""")
