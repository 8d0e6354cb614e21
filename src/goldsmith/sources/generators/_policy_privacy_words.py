"""Words of privacy policies in three pools; keys of data are plural, requests follow "to".

A reader asks for a key in words of his own, and only now and then in those of the policy.
"""

from goldsmith.sources.generators._policy_lexicon import Words, keys, values

TRAIN = Words(
    keys={
        "data": keys("""
            payment card details | card numbers and expiry dates = my credit card number
              | my card details | what I pay with
            delivery addresses | postal addresses = my home address | where my parcels go
              | the address you deliver to
            transcripts of chats with {our} helpdesk | chat transcripts = my chats with support
              | what I type to your agents
            recordings of telephone calls | call recordings = my phone calls
              | what I say on the telephone | recorded conversations
            location data from your phone | positions reported by the app = my location
              | where I have been | my whereabouts
            search terms | queries typed into the search box = what I look for on the site
              | my searches
            dates of birth | birth dates = how old I am | my birthday | my date of birth
            photographs that you upload | uploaded pictures = my photos | pictures of me
            purchase histories | records of past orders = what I have bought | my earlier orders
            marketing preferences | choices about newsletters = whether I want advertising
              | my newsletter choices
            login names and passwords | sign-in credentials = my password | how I log in
            copies of identity documents | passport scans = my passport | the scan of my ID card
            device identifiers | serial numbers of devices = which tablet I use | my device ID
            reviews and star ratings | product reviews = my reviews
              | what I write about a product
            health questionnaires | answers about your health = my medical details
              | my health answers
            contacts from your address book | address book entries = my friends’ numbers
              | the people in my address book
            """),
        "request": keys("""
            receive a copy of your data | inspect what is stored about you
              = see everything you know about me | get a copy of my file
            have mistakes corrected | rectify wrong entries = have a misspelt name put right
              | change something that is wrong
            have your data erased | demand erasure = be forgotten | make you delete me
            object to direct marketing | stop promotional messages = get no more adverts
              | end the newsletters
            withdraw a consent that you gave | revoke your consent = take back my yes
              | withdraw what I agreed to
            transfer your data to another provider | take your data elsewhere
              = move everything to a competitor | switch to another provider
            contest an automated decision | have a decision of the software reviewed
              = have a human look at it again | speak to a person instead of a computer
            restrict the processing of your data | have your data blocked = put my file on hold
              | freeze what you do with my data
            close the account of a child | remove a minor’s profile = take my daughter offline
              | close the account of my son
            """),
    },
    values=values("""
        moment: your last login | the end of the contract | the day of the purchase
          | your final payment | the last contact with you | the closing of the account
          | the end of the tax year | the settlement of a claim | your last visit
          | the delivery of the goods
        end: you close your account | a dispute over them is settled | the guarantee has run out
          | your last instalment is paid | the next audit is over | a newer version replaces them
          | the product is taken off the market | you tell {us} to stop
          | the trial period has ended
        reason: the tax office may ask to see them | a complaint can still be raised about an order
          | banks may reverse a payment that late | the law on bookkeeping leaves {us} no choice
          | a court may call for them as evidence | fraud often comes to light only afterwards
          | guarantee claims must be checked against them | the regulator audits {us} every year
          | others may be liable for the same contract
        fate: erased beyond recovery | overwritten with random characters
          | stripped of everything that points to you | moved to an archive without a network link
          | shredded by a certified firm | reduced to figures for statistics
          | returned to you on request | locked and opened for nobody | merged into regional totals
        recipient: courier firms | the banks that handle refunds | debt collectors
          | advertising networks | the operators of {our} data centre | insurers of the goods
          | credit agencies | public prosecutors | researchers at two universities
          | freelance translators | companies of the same group
        purpose: bring the goods to the door | check that a card is not stolen
          | recover unpaid sums | measure how well a campaign works | keep the servers running
          | estimate the risk of a default | investigate a crime | study how people shop
          | reply in your language | calculate commissions | print invoices
        safeguard: under a contract that rules out any other use
          | in a form in which no name appears | through an encrypted line
          | after a promise of secrecy | on condition that nothing is copied
          | with your express consent | for a few hours at a time
          | subject to yearly inspections
        occasion: you open an account | you place an order | you call {our} helpdesk
          | you enter a prize draw | you install the app | you pay in instalments
          | you ask for a quotation | you visit a shop | a friend invites you | you report a fault
        use: prevent fraud by strangers | suggest products that suit you
          | plan how many staff a shift needs | settle your complaints | set prices by region
          | train {our} chat robot | remind you of what you left in the basket
          | find faults in the app | make sure that you are of age | fill in forms for you
          | answer your questions faster
        staff: two members of the payments team | clerks of the fraud desk
          | the data protection officer and a deputy | doctors of the medical service
          | engineers on call | the heads of the branches | supervisors with a special licence
          | auditors of the accounts department | lawyers in the head office
        measure: encrypted before they reach the disk
          | kept on servers without a link to the internet | split between two data centres
          | locked in a fireproof safe | masked except for the last four characters
          | protected by a second password | replaced by a code name
          | scanned for break-ins every night | stored under a key that changes each week
        channel: by e-mail to {email} | with the form under “Your data” | in person at any branch
          | by letter to the data protection officer | on the privacy page of your account
          | by calling the number on your invoice | in the chat of the app
          | through a lawyer who acts for you | by fax with a signed form
        refusal: it would reveal the data of somebody else | you cannot prove who you are
          | a court case is still running | you asked for the same thing six months ago or less
          | the law obliges {us} to keep a record | the effort would be out of all proportion
          | trade secrets would come to light | you still owe {us} money
        """),
)

VALIDATION = Words(
    keys={
        "data": keys("""
            browsing logs | lists of page visits = which pages I open | my clicks
            employment histories | former jobs = where I used to work | my career so far
            voice commands | spoken instructions = what I tell the speaker | my spoken orders
            bonus balances | loyalty points = my bonus account | my loyalty points
            fingerprint templates | finger scans = the print of my thumb | my fingerprint
            survey replies | answers to polls = what I say in a poll | my opinions in surveys
            """),
        "request": keys("""
            appoint somebody to act for you | name a representative = send a friend in my place
              | be represented
            learn the logic of a score | have a score explained = find out how I was rated
              | get the score explained
            lodge a complaint about {us} = complain about your firm | protest
            opt out of profiling = stop being put into a category | opt out of the profiles
            """),
    },
    values=values("""
        moment: your departure as a member | the date of collection | the last statement of account
        end: the membership lapses | {we} find~ them outdated | your appeal has been heard
        reason: inspectors may want proof of a sale | a warranty can be invoked that late
          | licence fees are worked out with them | the statute of limitations has yet to run out
        fate: wiped from every disk | burnt under supervision | blurred so that nobody is known
        recipient: market researchers | the police | payment providers | suppliers of spare parts
        purpose: produce anonymous reports | deliver a replacement | detect money laundering
          | rank {our} branches
        safeguard: with all names blacked out | against a written pledge
          | on a screen that cannot be photographed
        occasion: you subscribe to a newsletter | you apply for a job | you scan a coupon
          | you fill in a questionnaire
        use: improve the layout of the site | reward regular buyers | tell people from robots
          | work out a delivery date
        staff: trainees under supervision | the security chief and one assistant
          | members of the works council | cashiers with a badge
        measure: cut into three parts | guarded by an alarm | signed with a digital seal
          | copied to a vault each evening
        channel: via the button at the foot of each message | by registered post
          | at the desk on the ground floor | by texting the word STOP
        refusal: your account has been dormant for a decade | the request is plainly abusive
          | national security is at stake | an employee would be put in danger
        """),
)

TEST = Words(
    keys={
        "data": keys("""
            video footage from {our} branches | images from security cameras = films of me
              | what your cameras see
            vehicle registration numbers | number plates = my licence plate | which car I drive
            salary statements | monthly pay slips = what I earn | my income
            tax identification numbers | taxpayer references = my tax ID
              | the number from the revenue office
            credit reports | repayment records = my credit rating | how well I pay back loans
            dietary requirements | notes on allergies = what I cannot eat | my allergies
            playlists and viewing histories | lists of films watched = what I watch
              | my viewing habits
            heart rate readings | readings from fitness trackers = my pulse
              | what my sports watch measures
            social media profiles | public profiles on networks = what I post elsewhere
              | my social media pages
            school reports | exam results = my grades | how I did at school
            """),
        "request": keys("""
            name an heir for your account | appoint a legacy contact = say who gets it all
              when I die | name an heir
            hide your profile from search engines = stay out of web searches | hide my profile
            download an archive of your posts = save all my posts on my own computer
              | download my posts
            separate a shared account | split a joint profile = part from my ex-husband’s account
              | split an account
            learn the source of your data | be told where a record comes from = find out who told
              you about me | know the source
            pause all notifications | mute {our} messages = have some peace and quiet from you
              | pause the messages
            """),
    },
    values=values("""
        moment: your graduation | the expiry of the ticket | the return of the vehicle
          | the most recent transaction | the death of the customer
        end: the subscription is ended by either side | the parents object | {we} cease~ trading
          | the journey is complete | a successor is appointed
        reason: a bookmaker must report high stakes | accident inquiries take their time
          | pensions are computed from them | a buyer of {our} business would ask for them
          | the central bank prescribes it | heirs turn up years later
        fate: pulped together with old invoices | purged by a nightly job | aggregated by district
          | sealed by a notary | deposited in a museum
        recipient: airport authorities | employers who recommend {us} | record labels
          | hospitals nearby | estate agents | court bailiffs | gaming partners
        purpose: issue boarding passes | pay royalties | trace witnesses | grant a discount
          | arrange medical help | draw up a lease | settle gambling debts
        safeguard: on encrypted memory sticks | after a vote of the ethics board
          | under the eyes of a notary | by turning names into numbers
          | with a ban on passing them further
        occasion: you board a plane | you take out a loan | you wear the wristband
          | you enrol for a course | you drive into the car park | you link another service
        use: open the barrier | recommend a menu | choose a tutor for you
          | warn you of a dangerous pulse | set your borrowing limit | pick the next song
        staff: nurses on the night shift | porters at the gate | the three founders
          | credit analysts | teachers of your year | sound engineers
        measure: blurred by software on arrival | chained to one machine
          | held in trust by a third firm | jumbled with dummy entries
          | printed on paper and nowhere else | backed up on tape in a mine
        channel: at the kiosk in the lobby | with a card that {we} post~ to you
          | over the secure messenger | by speaking to any steward | in the settings of the watch
          | with a notarised letter
        refusal: you are under sixteen | the other owner disagrees | a strike delays the archive
          | the police have seized the files | it would harm an ongoing experiment
          | your fee is overdue
        """),
)
