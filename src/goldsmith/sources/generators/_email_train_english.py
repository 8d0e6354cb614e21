"""English wordings of training, and of those validation and test mails that are not unseen."""

from goldsmith.sources.generators._email_lexicon import topics

TRAIN = topics("""
[billing]
subject: [Question about|Regarding] {invoice} {invoice_no}
subject: {invoice} for {month}
subject: [Wrong amount|Charged twice|Overcharged]
request: [Could|Can] you send me [a copy of |]the {invoice} for {month}[ again|]?
request: Why is the {invoice} for {month} {amount} when [it is usually|the last one was] {amount}?
request: I have been charged twice for {month} and [would like|want] {amount} back.
request: [Can somebody|Would you] explain what the fee of {amount} on {invoice} {invoice_no} is for?
request: {invoice} {invoice_no}: the amount is wrong. [Please correct it|Send a new one|It should be {amount}].
request: The {supply} ended on {date}, yet you still charge me {small}. What is that for?
request: I moved out on {date}, but you count usage up to {date}. How did you work that out?
request: [I cannot see|It does not say] how many kWh were counted. Please send a breakdown.
request: I paid {amount} on {date}. [Has it been booked|Can you see where the money went]?
request: [When do I get|Where are] the {amount} that you owe me after the last settlement?
request: Can the {invoice} come [by e-mail|by direct debit] from now on instead of [e-Boks|on paper]?
request: The excess of {amount} is on the {invoice} twice. [Can you put that right|Is that a mistake]?
request: The instalment for {month} is on the {invoice} again. [Take it off.|Why should I pay it twice?]
detail: The amount [left|was taken from] my account on {date}.
detail: The meter was at {reading}, so it cannot be right.
detail: According to the {supply} the price is {small} a month.
detail: I have attached [a picture|a bank statement].
detail: VAT and duties should come to {small}.
mention: The {invoice} for {month} is paid[, so you need not think about that|].
mention: Thank you for the corrected {invoice}[ of {amount}|], the amount is right now.
mention: I know that the {invoice} [only comes in {month}|is on its way], that is fine.
mention: This is not about the {invoice} of {amount}[, I agree with that one|].
mention: In {month} you took {amount} too much, but you have paid it back.
mention: What the fee of {small} is for [has been explained to me|I know by now].
reply: We have looked at {invoice} {invoice_no}. The {amount} charged in error will be returned to your account.
reply: The {invoice} for {month} covers your advance payment and the standing charge. The amount of {amount} is correct.
[payment_plan]
subject: [Instalments|Extension|Payment deadline]
subject: Reminder of {amount}
subject: Payment of {invoice} {invoice_no}
request: [Can|May] I pay the {invoice} of {amount} in [three|four|six] instalments?
request: I cannot pay {amount} all at once. [Can we agree on|Is there any chance of] a payment plan?
request: [May|Could] I have until [{date}|after the holidays] to pay {invoice} {invoice_no}?
request: The compensation has not come yet. Can payment of the {invoice} wait [{days}|until {date}]?
request: I have lost my job. Could I pay {small} a month until everything is settled?
request: Can the due date be [moved|put off] by {days}? I only get money on {date}.
request: Please lower my arrangement with you to {small} a month, I cannot manage more just now.
request: Before you cut off the power: [can|could] I pay half now and the rest on {date}?
request: The move cost more than expected. [Would you|Is it all right to] split the {invoice} up?
request: Please hold back the debt collectors, I [suggest paying|can pay] {small} every month.
request: I am asking for more time to pay, until {date}.
detail: I can pay {small} straight away.
detail: My wages [only |]come on {date}.
detail: I am on [benefits|a student grant|a pension], so there is little to spare.
detail: A reminder fee of {small} was added.
detail: Bills and debts have piled up.
mention: The payment plan from {month} is paid off.
mention: I do not need [an extension|instalments|more time], the money is there.
mention: The reminder I got in {month} has been withdrawn.
mention: In {month} I was given {days} more to pay, and I kept to it.
mention: The last instalment of {small} was paid on {date}[, so that is over and done with|].
reply: We can offer that you pay {amount} in three instalments. The first one of {small} is due on {date}.
reply: You have been given until {date} to pay. After that the matter goes to debt collection.
[claims]
subject: [Claim|Notification|Damage] {claim_no}
subject: [Reporting a claim|New claim|We have had damage]
subject: Status of compensation
request: I [would like|want] to report {damage}[, found on {date}|].
request: We have had {damage}. [What do we do now|Who comes to look at it|Does the {insurance} cover it]?
request: When will the assessor [come and |]look at the damage ({claim_no})?
request: [How far are you with|Is there any news of] claim {claim_no}?
request: Does my {insurance} cover it when a {item} is [stolen|broken]?
request: Here are the [receipts|pictures|police papers] for claim {claim_no} you asked for.[ Is anything missing?|]
request: When will the compensation of {amount} for the {item} be paid out?
request: May we start the repairs[ before you have seen it|], or do you have to approve the {amount} first?
request: The other driver hit us on {date}. [Who pays|Do I have to fill anything in]? I have the number plate.
request: During the move on {date} the {item} was broken. [Can it be replaced|Is that covered by the {insurance}]?
request: The doctor has seen my knee. Where do I send the report so that you can assess the injury?
request: About my excess in {claim_no}: is it taken off before you pay?
detail: It happened [overnight|in the morning] on {date}.
detail: The builder says {amount}.
detail: [Pictures are attached|I took pictures], and the police have been here.
detail: We have [dried it|covered it] as well as we could.
detail: The {item} was about two years old when it happened.
mention: Claim {claim_no} is closed[ and the compensation paid|].
mention: We had {damage} in {month}, but that has been [sorted|paid|repaired].
mention: It is not about the damage, that claim is [doing fine|moving along].
mention: The assessor was here on {date}, so all is well with {damage}.
mention: We have never had a claim[ or compensation|].
mention: Although the {item} was stolen in {month}, I am not asking for anything.
reply: Your claim has number {claim_no}. An assessor will ring you within {days}.
reply: We have paid {amount} in compensation for the {item}. The excess was taken off.
[cancellation]
subject: [Cancellation|Termination of {supply}|Cancelling {insurance}]
subject: Ending on {date}
subject: Right of withdrawal
request: I hereby cancel my {supply} [as of {date}|at the end of {month}].
request: [I wish|I would like] to cancel the {insurance}[, as the car is sold| from {month}].
request: We are moving abroad on {date} and need the {supply} stopped.
request: How much notice must I give on the {insurance} if I want to [leave|stop] now?
request: I had a better offer from {rival}, so my [{insurance}|{supply}] has to [end|stop].
request: [Please confirm|I ask you to confirm] that the {supply} stops on {date}[ and that I am free|].
request: I regret buying the {insurance} on {date} and use my right of withdrawal.
request: {relative} has died, and the {supply} must be [closed|ended] on {date}.
request: I do not want the {insurance} renewed [when it runs out on|after] {date}.
request: After that price rise I am done with you: close the {supply}[ as soon as you can|].
request: Can I [get out of|leave] the {supply} early, or am I tied until {month}?
request: Cancel {insurance}, customer no. {customer_no}.
detail: The tie-in [ran out|ends] on {date}.
detail: I will pay the last amount, of course.
detail: {rival} takes over from {date}.
detail: Send [a final settlement|a confirmation] of it.
detail: The power of attorney is attached.
mention: I have no plans to cancel the {supply}.
mention: My old {insurance} with {rival} is cancelled[, they have confirmed it|].
mention: If this is not solved, [I will cancel the {supply}|I will find another company].
mention: I cancelled my {insurance} in {month}, and that is [confirmed|in order].
mention: It is not that I want to [cancel|leave|switch].
mention: My {supply} ended on {date} as agreed.
reply: We have received your cancellation. Your {supply} ends on {date}, and you will not hear from us again.
reply: Your {insurance} can be cancelled with {days}' notice. If you still want to leave, reply to this mail.
[new_contract]
subject: [Quote for|Price of] {insurance}
subject: [New contract|Order|New customer]
subject: Would like a {supply}
request: [Can you give me|May I have] a quote for {insurance}?
request: What does a {supply} cost for a family of [two|three|four]?
request: I [would like|want] to order a {supply} from {date}.
request: I have cancelled the {insurance} with {rival}. Can you [take it over|give me a new one] from {date}?
request: We are buying a house and get it on {date}. [Which {supply} can you offer?|We still need {insurance}.]
request: Can I [get|take out] {insurance} with you when I already have a {supply}?
request: I accept the offer of {amount} a year. [Send the papers.|What happens now?]
request: How does one become a customer? At present I pay {rival} {small}.
request: {relative} needs {insurance} in a policy apart. [What does it take|Can you ring with a price]?
request: Is the {insurance} cheaper if I put it all with you[, and what does it cover|]?
request: I have a new car and must have it insured [from {date}|by tomorrow].
request: Can you offer electricity at a fixed price, or is there only a variable one to choose?
detail: There are {n} of us and we use about {reading} kWh a year.
detail: The house is {sqm} square metres.
detail: Today I pay {rival} {small} a month.
detail: It should [apply|begin] on {date}.
detail: The excess may be {amount}.
mention: I have just taken out {insurance} with you[ and am happy with it|].
mention: I have said [yes|no thanks] to the offer of {insurance}.
mention: I do not want [any offer|a new contract|more insurance].
mention: When I ordered my {supply} in {month}, [it was easy|all went well].
mention: The new {supply} began as agreed[ on {date}|].
reply: We can offer you {insurance} for {amount} a year. The offer is good for {days}.
reply: Welcome as a customer. Your new {supply} begins on {date}, and the price is {small} a month.
[address_change]
subject: [Moving|New address|Change of address]
subject: We are moving on {date}
subject: [New phone number|New details]
request: We are moving to {address} on {date}. [Will you change that|Can you update it]?
request: My new address is {address}[ from {date}|].
request: I am [moving|about to move] and will take my {supply} with me to {address}.
request: Moving out: meter {meter_no} read {reading} on {date}, from then on {address}.
request: [Please change my e-mail address|Change my phone number] in your system, I no longer use the old one.
request: From now on send [everything|every {invoice}] to {address}[ instead of the old address|].
request: I got married and my last name is now [Holm|Forest|Hill]. Can you change that on the {insurance}?
request: Does the {insurance} have to be [changed|corrected] when we move to {address}?
request: {relative} and I have separated. The {supply} should be in my name alone from {date}.
request: Your letter went to my old home again. I live [at|now at] {address}.
request: From {date} {relative} takes over the flat. [Can the contract be transferred?|Put the meter in that name.]
detail: I get the keys on {date}.
detail: The meter at the new place is number {meter_no}.
detail: The new owners move in [on {date}|at the end of the month].
detail: The phone number stays the same.
detail: There are {n} of us at the new address.
mention: You [already |]have my new address, {address}.
mention: We moved here in {month}, [you have that on record|which I have told you].
mention: I have not moved[, the address is the same|].
mention: We may move in {month}, but [I will come back to that|that is not settled].
mention: Name and phone number have been changed, [thank you|as I can see].
reply: We have recorded your move to {address} on {date}. You need not do anything else.
reply: Your new address is in our system now. Remember to read meter {meter_no} on the day you move.
[technical]
subject: [Cannot log in|Problems with the app|Error on website]
subject: Meter {meter_no}
subject: [No power|Internet is down]
request: I cannot log in to {site}, it shows {error}. [Can you help|What do I do]?
request: {site} [crashes|shows {error}] every time I want to [see my {invoice}|pay|report a move].
request: Meter {meter_no} has sent no figures since {date}. [Can you look at it|Is it broken]?
request: We have had no power since {hour} o'clock. When will it be back?
request: I get {error} when I try to upload pictures of the damage[ on {site}|].
request: Can you [reset|send] my password? [The link in the mail is dead|I get no text message].
request: The connection drops every evening since the router was changed. [Send a technician.|What is wrong?]
request: {site} says I used {reading} kWh yesterday. The figure has not been refreshed, has it?
request: The cancel button on {site} does nothing. [Is that a bug|Which browser should I use]?
request: MitID gives {error} when I want to sign the offer. [Can it be solved|Does it work for others]?
request: The [display|screen] of the meter is [black|blank]. Can somebody come and replace it?
detail: I have tried it [on phone and computer|in Chrome and Edge].
detail: It says {error}.
detail: It began on {date} [around {hour}|after the update].
detail: I have restarted everything [two|three] times.
detail: The neighbours do not have the problem.
mention: {site} was [slow yesterday|down in {month}], but it works again.
mention: The password was reset, so I [can log in|am in] again.
mention: Meter {meter_no} was replaced in {month}[, and it works|].
mention: The power cut in {month} is forgotten.
mention: I found the information on {site}[ without trouble|], thanks for the help with the login.
reply: The error on {site} is fixed. Log in again, and restart your phone if you still see {error}.
reply: Our technician will replace meter {meter_no} on {date}. There will be no power for about an hour.
[complaint]
subject: [Complaint|Complaint about your handling|Unhappy customer]
subject: [Poor service|Your answer of {date}]
subject: Complaint about decision {claim_no}
request: I [hereby |]complain about [the handling of claim {claim_no}|your employee {agent}].
request: I am [very |]unhappy that nobody rings back. [Who is your manager?|That is a complaint.]
request: [I disagree with|I cannot accept] the decision about {damage} and want it looked at again.
request: Where do I send a complaint about your customer service[, who hung up on me|]?
request: I have written {n} times about the {invoice} without an answer. [It is beneath contempt|Let a manager see this].
request: The salesman promised something other than what the {supply} says. I want to complain about that.
request: It is not good enough that my cancellation has been left for {days}. [I expect an apology.|Who is responsible?]
request: I will go to the Board of Appeal if you stand by [your refusal|the decision of {date}]. Take it up again.
request: The tone on the phone when I asked for more time was outrageous. [Take this as a complaint|Tell your manager].
request: The technician was {n} hours late and rude. [Who deals with complaints?|One does not behave like that.]
request: I want a written explanation of why you have let us wait for {days}[ with the damage|].
detail: I have been a customer for {n} years and was never treated like this.
detail: {agent} interrupted me several times.
detail: Nobody got back to me as was promised on {date}.
detail: I was in the queue {n} times for more than an hour.
detail: I expect an answer within {days}.
mention: I am not writing to complain[ about the waiting time|].
mention: In {month} I complained about your handling and got a [good|decent] answer.
mention: I sat in the phone queue for [an hour|ages], but never mind.
mention: I have nothing to say against {agent}, [on the contrary|who was very kind].
mention: I have had the apology from your manager[, and that is closed for me|].
reply: We are sorry for the way you were treated. Your complaint is now with our complaints officer.
reply: We have gone through your complaint about {claim_no} and stand by our decision of {date}.
""")
