"""Words of staff handbooks in three pools; expenses are plural, leave and concerns singular."""

from goldsmith.sources.generators._policy_lexicon import Words, keys, values

TRAIN = Words(
    keys={
        "leave": keys("""
            annual leave | recreational leave = my summer holidays | my yearly vacation
            sick leave | absence through illness = days in bed with the flu | being ill
            maternity leave | leave around a birth = having a baby | a pregnancy
            paternity leave | leave for new fathers = becoming a father | my wife giving birth
            bereavement leave | leave after a death in the family = a funeral | losing a parent
            study leave | leave for examinations = learning for an exam | my evening studies
            a sabbatical | a long unpaid break = travelling round the world | a long break
            carer’s leave | leave to care for relatives = looking after my mother
              | a relative in need of care
            jury service | service in a court = being called to court | sitting on a jury
            leave for a house move | relocation leave = moving into a new flat | moving house
            """),
        "expense": keys("""
            hotel bills | overnight stays = a room for the night | hotels
            train tickets | rail fares = going by rail | a seat on a train
            taxi fares | cab rides = a cab | being driven across town
            dinners with clients | business meals = eating out with customers | a client lunch
            kilometres driven in private cars | trips in your own car = using my own car
              | petrol on the way to a customer
            office chairs for the home | pieces of furniture for a home office
              = a chair for my study | a desk at home
            mobile phone contracts | phone bills = calls from my mobile | my phone
            conference fees | tickets for trade fairs = going to a congress | a conference
            language courses | lessons in foreign languages = learning Spanish | a language teacher
            parking charges | garage fees = leaving the car downtown | a parking space
            """),
        "concern": keys("""
            harassment by a colleague | unwanted advances = being pestered at my desk | harassment
            theft of stock | stealing from the warehouse = goods that vanish into a bag | theft
            a conflict of interest | favouring a relative = hiring one’s own cousin
              | a deal with the boss’s brother
            leaking of customer data | a breach of confidentiality = gossip about our clients
              | secrets getting out
            working under the influence of alcohol | drunkenness at work = drinking on the job
              | a tipsy forklift driver
            bribery | taking bribes = money in an envelope | a gift to get an order
            discrimination in hiring | rejecting applicants for their origin
              = somebody turned away for her accent | unfair hiring
            misuse of the company card | private use of the credit card = shopping at the firm’s
              cost | misuse of a card
            """),
    },
    values=values("""
        who: employees who have been here for {duration} | all permanent staff
          | people with a contract of more than 20 hours a week | apprentices and trainees
          | parents of children under twelve | shift workers | those who have passed the probation
          | members of staff over fifty
        pay: on full pay | without any pay | at {percent} of the salary | on half pay
          | on full pay in the first week | paid by the health insurer
          | against time from the overtime account | at the basic rate without bonuses
        approver: the line managers | two members of the board | the clerks of the HR desk
          | the heads of department | the site managers | the works council and a director
          | the shift leaders | the planners of the rota
        paper: a medical certificate | a letter from the court | a birth certificate
          | the enrolment at a college | the confirmation by a hospital
          | a form signed by a colleague who stands in | a copy of the lease
          | the plan for handing over the work
        per: a night | per trip | a month | per head | each quarter | a day | per project
        terms: a customer has asked for the visit | the journey takes over three hours
          | your manager gave a nod beforehand | no cheaper option was to be had
          | the booking went through the portal | it is late at night
          | you work from home twice a week | the guests are named on the bill
          | the course serves your present tasks
        proof: the original bill | a photograph of the receipt | a record of the route
          | the statement of the credit card | the list of all guests | a boarding card
          | the certificate of attendance | a copy of the contract | an entry in the travel app
        method: with the next salary | by bank transfer on Fridays | in cash at the front desk
          | by a credit on the company card | in vouchers for the canteen
          | with the final account of the trip | through an advance on request
          | by cheque in the internal mail
        contact: the compliance officers | the elected spokespersons | the equality team
          | the security guards and their chief | the outside lawyers on the helpline
          | the internal auditors | the safety engineers | the HR partners of your site
        protection: kept anonymous | moved to another team if they so wish
          | assigned a lawyer free of charge | guarded against dismissal for {duration}
          | told of the outcome | offered talks with a counsellor
          | backed by the board in writing | excused from facing the accused
        sanction: a written warning | dismissal without notice | the loss of the yearly bonus
          | a transfer to another site | a talk with the director | suspension for {leave}
          | a fine of {small} | a report to the police | removal from leading posts
        appeal: before the works council | by letter to the board within {days}
          | at the labour court | in a hearing with two witnesses
          | through a mediator from outside | with a note in the personnel file
          | in the monthly round with HR
        """),
)

VALIDATION = Words(
    keys={
        "leave": keys("""
            adoption leave | leave on taking in a child = adopting a boy | an adoption
            wedding leave | leave to get married = my own wedding | tying the knot
            leave for blood donors | absence to give blood = giving blood | a blood donation
            anniversary leave | a day off for long service = twenty years with the firm
              | my anniversary
            leave for job interviews | absence to apply elsewhere = looking for another job
              | an interview
            volunteering leave | leave for charity work = helping at a soup kitchen | charity work
            """),
        "expense": keys("""
            gifts to customers | presents for clients = a box of chocolates for a buyer | presents
            professional journals | specialist magazines = something to read for work | journals
            laundry costs on trips | dry cleaning while travelling = clean shirts on the road
              | laundry
            bicycle repairs | repairs to company bicycles = a flat tyre | fixing the bike
            fuel bills of company cars | fleet petrol bills = filling the tank | fuel
            internet connections at home | broadband lines = surfing from my flat | broadband
            """),
        "concern": keys("""
            falsified time sheets | fiddling with working hours = hours that nobody worked
              | wrong time sheets
            blocked escape routes | a fire hazard = boxes in front of the exit | a fire risk
            unlicensed software | copying of programs = a pirated program | unlicensed software
            political campaigning at work | canvassing on the premises = leaflets of a party
              | campaigning
            persistent late arrival | a lack of punctuality = turning up late | being late
            loss of equipment by carelessness | a mislaid laptop = a laptop left on a bus
              | losing equipment
            """),
    },
    values=values("""
        who: staff on the fixed payroll | colleagues abroad | workers in their second year
          | single parents
        pay: with pay for one half of it | on a flat rate of {small} | off the payroll
          | as if you were at work
        approver: the project leads | the payroll clerks | your two closest colleagues
        paper: a signed declaration | the invitation card | a stamp of the blood bank
          | an extract from the register
        per: per year | a week | for every event
        terms: the budget holder agrees | there is no canteen nearby
          | you travel for more than two days | the item stays in the office
        proof: the printed order | an itemised invoice | a mail that confirms it
        method: via the expense tool | from the petty cash | on the first of the month
        contact: the ethics panel | the wardens on each floor | the deputies of the plant manager
        protection: treated as witnesses only | spared any overtime | given a new desk
        sanction: extra training | a deduction from pay | a ban from the premises
          | an entry in the file
        appeal: in front of an arbiter | with the help of a union | by asking for a second opinion
        """),
)

TEST = Words(
    keys={
        "leave": keys("""
            reserve duty | military training for reservists = serving with the army | the reserve
            leave for fertility treatment | absence for assisted conception = IVF appointments
              | fertility treatment
            leave for medical appointments | absence for a visit to the doctor = seeing the dentist
              | a check-up
            religious leave | leave on holy days = Ramadan or Yom Kippur | a religious feast
            leave for elected office | council duty = sitting on the town council | holding office
            leave for a sick child | emergency family leave = my daughter running a fever
              | a sick child
            compassionate leave | leave in a personal crisis = a divorce | a crisis at home
            """),
        "expense": keys("""
            business class flights | premium air fares = flying in comfort | a flight up front
            tips in restaurants | gratuities = what I leave for the waiter | tips
            relocation costs | removal vans = moving for the new post | relocation
            vaccinations before travel | inoculations = a jab against yellow fever | vaccination
            membership dues of trade bodies | professional subscriptions
              = belonging to the engineers’ society | membership
            safety boots | protective shoes = steel toes for the factory | boots
            evenings out with the team | team events = bowling with the others | a team party
            """),
        "concern": keys("""
            price fixing | collusion with rivals = an agreement with our competitor
              | fixed prices
            insider trading | dealing in shares on secret knowledge = buying stock before the news
              | insider deals
            retaliation against a whistleblower | victimisation = being picked on for telling
              the truth | retaliation
            harmful posts on social media | slander of the firm online = ranting about the boss
              on the web | nasty posts
            forgery of certificates | the use of fake diplomas = a degree that was never earned
              | a forged diploma
            violence at work | a physical assault = a fist fight in the yard | violence
            """),
    },
    values=values("""
        who: graduates in their first job | holders of a disability pass | night porters
          | everybody bar interns | the crew of the ferry | veterans of {duration}
        pay: with two thirds of your wage | on the house | at the cost of your bonus
          | on the same money as before | at {percent} of the hourly rate
        approver: the duty captains | the chief physician and her deputy | the regional heads
          | the trustees | the staffing bureau
        paper: a call-up notice | an affidavit | the timetable of the clinic
          | minutes of the council | a confirmation by the school | a doctor’s note
        per: per leg | a season | each way | per employee and year
        terms: the flight exceeds six hours | a risk assessment demands it
          | the vendor is on the approved list | fewer than ten people take part
          | the head of finance waives the ban | it is the rainy season
        proof: a voucher with a bar code | the shop’s till roll | a doctor’s stamp
          | the seating plan | the removal firm’s quotation
        method: in two halves | on a prepaid card | by set-off against your advance
          | at the airport counter | in the next but one pay run
        contact: the trust and integrity cell | the chaplains | the retired judges on call
          | the shop stewards | the hotline crew
        protection: promised a clean reference | escorted by a guard | listed under a number
          | compensated for lost wages | sent home on pay until it is over
        sanction: demotion by one grade | a lifelong ban | a claim for damages
          | cancellation of share options | mandatory counselling | a public rebuke
        appeal: to a jury of peers | by video statement | on application to the trustees
          | during a cooling-off period of {days}
        """),
)
