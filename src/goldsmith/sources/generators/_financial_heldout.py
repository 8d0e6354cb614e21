"""Wordings that training never sees: one set for validation filings, another for test filings.

The notation is that of `_financial_train`. Validation has its own, smaller set, so that choices
made on validation (epochs, learning rate) are not choices made on the test wordings.
"""

from goldsmith.sources.generators._financial_lexicon import Wordings

VALIDATION = Wordings(
    cores={
        "capacity": (
            "the banks extended the {facility} to {date} and set its limit at {CAPACITY} , down"
            " from {CAPACITY}",
            "{sub} can obtain advances of as much as {CAPACITY} , and had obtained"
            " {amount:LineOfCredit} by {date}",
            "a {facility} of {CAPACITY} , of which {share} is guaranteed by the parent , backs the"
            " commercial paper of {amount}",
            "{co} terminated a {CAPACITY} {facility} with {lender} after selling {share} of {sub}",
        ),
        "spread": (
            "the rate resets {often} to {base} {plus} {SPREAD} , subject to a cap of {rate}",
            "{co} negotiated a margin of {SPREAD} , which falls to {SPREAD} once the {metric} is"
            " under {ratio}",
            "drawings cost {SPREAD} in excess of {base} and the facility fee is {fee}",
            "{base} advances are subject to an add - on of {SPREAD} and {prime} advances to one of"
            " {SPREAD}",
        ),
        "coupon": (
            "{co} called the {COUPON} {notes} at {price} and expensed {cost} of costs",
            "investors bought {amount:DebtInstrumentFaceAmount} of {notes} paying {COUPON} {often}",
            "annual interest of {COUPON} is due on the {notes} , convertible at {money} a share",
            "the bonds of {sub} , with coupons of {COUPON} and {COUPON} , fall due in {due}",
        ),
        "effective": (
            "issuance costs bring the all - in yield of the {COUPON} {notes} to {EFFECTIVE}",
            "interest cost on the {notes} , on an effective basis , was {EFFECTIVE} against a cash"
            " coupon of {COUPON}",
            "the {loan} was recorded net of {cost} of fees at an effective rate of {EFFECTIVE}",
        ),
        "none": (
            "deposits with {lender} earned {rate} in the {quarter} and {rate} a year before",
            "the rate swap on {amount:DerivativeNotionalAmount} pays {rate} and receives {base}",
            "the note that {co} received from {peer} bears interest at {coupon} and matures on"
            " {date}",
            "state taxes added {pct} to the statutory rate of {rate}",
            "{co} wrote down its {share} stake in {sub} by {amount}",
            "the {facility} had letters of credit of {amount} and a fronting fee of {fee}",
            "rent increases by {pct} per year over {number} years",
        ),
    },
    tails={
        "capacity": (
            ", and the balance drawn was {amount:LineOfCredit} at {date}",
            ", for a ticking fee of {fee}",
        ),
        "spread": (", or {rate} in total at {date}", ", plus a facility fee of {fee}"),
        "coupon": (", after a tender for {share} of them", ", less a discount of {amount}"),
        "effective": (", including a {fee} listing fee", "on a balance of {amount}"),
    },
    contrasts=(
        ", which {peer} , {outsider} , cannot match with its rate of {base} {plus} {spread}",
        "; {peer} , {outsider} , finances itself with {coupon} {notes}",
    ),
    own=(
        "{co} informed the market that",
        "since the disposal of {peer} ,",
    ),
    others=(
        "{outsider} , {peer} , published that",
        "for {peer} , {outsider} ,",
        "{co} has dealings with {peer} , {outsider} , where",
    ),
)

TEST = Wordings(
    cores={
        "capacity": (
            "the syndicate led by {lender} committed {CAPACITY} to the {facility} and {amount} to"
            " the delayed - draw {loan}",
            "{sub's} {facility} allows it to draw no more than {CAPACITY} , against which"
            " {amount:LineOfCredit} was owed and {amount} of guarantees were issued",
            "the maximum principal that {co} may have outstanding under the {agreement} is"
            " {CAPACITY} , less reserves of {amount}",
            "{when} , {lender} doubled the {facility} from {CAPACITY} to {CAPACITY} for a fee of"
            " {cost}",
            "the {agreement} was amended so as to bring the credit line to {CAPACITY} ; a further"
            " {amount} may be added with consent",
            "liquidity consisted of cash of {amount} and a {facility} ( {CAPACITY} , {share} of it"
            " undrawn )",
            "advances may not exceed {CAPACITY} in the aggregate or {share} of the appraised value",
            "the {facility} ( size : {CAPACITY} , margin : {SPREAD} over {base} ) ends on {date}",
            "{sub} closed a {facility} , its amount being {CAPACITY} , with a sublimit of {amount}"
            " and an accordion of {amount}",
            "commercial paper of {amount:CommercialPaper} is supported by a {facility} ("
            " {CAPACITY} ) maturing {number} years after closing",
            "borrowing capacity under the {facility} went up to {CAPACITY} {when} , and"
            " {amount:LineOfCredit} had been borrowed by {date}",
            "{co} let a {facility} lapse that offered {CAPACITY} and took one offering {CAPACITY}"
            " at {base} {plus} {SPREAD}",
        ),
        "spread": (
            "the {facility} is priced off {base} , to which a margin of {SPREAD} is added ( {rate}"
            " all - in )",
            "{sub} bears {base} plus between {SPREAD_LOW} and {SPREAD_HIGH} on drawn amounts and"
            " {fee:LineOfCreditFacilityUnusedCapacityCommitmentFeePercentage} on undrawn ones",
            "each tranche is charged at the sum of {base} and {SPREAD} , so that {rate} was paid"
            " at {date}",
            "pricing moved to {base} + {SPREAD} when the {metric} passed {ratio}",
            "{prime} loans attract {SPREAD} and {base} loans {SPREAD} , with a utilisation fee of"
            " {fee}",
            "the construction loan in {place} of {amount:ConstructionLoan} was extended at"
            " {SPREAD} over {base} , for an extension fee of {fee}",
            "{lender} charges a spread of {SPREAD} to {base} , reduced from {SPREAD} before the"
            " {metric} fell to {ratio}",
            "the interest period is one month , the reference rate {base} and the margin {SPREAD}"
            " ; {amount} was prepaid {when}",
            "borrowings swing between {prime} {plus} {SPREAD_LOW} and {prime} {plus} {SPREAD_HIGH}"
            " ; the rate averaged {rate:DebtWeightedAverageInterestRate} in the {quarter}",
            "with {base} at {rate} and a contractual spread of {SPREAD} , {sub} paid {rate}",
            "the incremental {loan} of {amount:DebtInstrumentFaceAmount} costs {SPREAD} more than"
            " {base} and was sold at {price}",
        ),
        "coupon": (
            "{co} placed {amount:DebtInstrumentFaceAmount} of {notes} with a coupon of {COUPON} at"
            " an issue price of {price}",
            "the {notes} have an annual interest rate of {COUPON} , a conversion price of {money}"
            " and an aggregate principal of {amount:DebtInstrumentFaceAmount}",
            "{sub} tendered for its bonds , which pay {COUPON} , at {price} and accepted {share}"
            " of them",
            "{notes} of two series were sold {when} , one paying {COUPON} until {due} and the"
            " other {COUPON} until {due}",
            "interest of {COUPON} is due {often} on the loan from {lender} , which covers {share}"
            " of the cost of the {place} plant",
            "{co} retired {amount:RepaymentsOfDebt} of its {notes} at {COUPON} with cash and"
            " rolled over those at {COUPON}",
            "the {notes} mature on {date} , rank behind the {facility} and pay {COUPON}",
            "the make - whole premium on the {notes} at {COUPON} is computed at the treasury rate"
            " plus {fee}",
            "of total debt , {amount:LongTermDebt} was at fixed rates from {COUPON_LOW} to"
            " {COUPON_HIGH} and {share} at floating rates",
            "a judgment creditor accepted a {number} - year note at {COUPON} in lieu of {amount}",
            "trading prices of the {notes} ( {COUPON} , due {due} ) implied a yield of {rate}",
        ),
        "effective": (
            "fees of {cost:DebtIssuanceCostsGross} raise the effective cost of the {COUPON}"
            " {notes} to {EFFECTIVE}",
            "the {notes} , whose stated rate is {COUPON} , were recorded at a discount and have an"
            " effective yield of {EFFECTIVE}",
            "for accounting purposes the {loan} carries {EFFECTIVE} , being its rate of {rate} and"
            " the amortization of costs",
            "accretion at an effective interest rate of {EFFECTIVE} added {cost} to the carrying"
            " value in the {quarter}",
            "the effective annual rate is {EFFECTIVE} on the {COUPON} {notes} and {EFFECTIVE} on"
            " the {loan}",
            "{sub} measured the debt component at {EFFECTIVE} and reports interest well above the"
            " {COUPON} coupon",
            "when warrants and costs are spread over the term , {sub} incurs {EFFECTIVE} on notes"
            " that state {COUPON}",
            "{amount} of discount remained on the {notes} , which cost , fees and all ,"
            " {EFFECTIVE} and have a nominal rate of {COUPON}",
        ),
        "none": (
            "{sub} lends to franchisees at {base} {plus} {spread} , up to a total of {amount}",
            "{sub} pays {rate:DerivativeFixedInterestRate} and receives {base} under a swap that"
            " ends on {date}",
            "dividends on the {coupon} preferred stock were {cost} in the {quarter}",
            "the fee for unused commitments ranges from {fee} to {fee} according to the {metric}",
            "without the tax reform , the effective rate would have been {pct} rather than {pct}",
            "the receivable from the sale of the {place} plant , due on {date} , yields {coupon}",
            "the average rate on short - term borrowings was"
            " {rate:ShortTermDebtWeightedAverageInterestRate} , and the balance"
            " {amount:ShortTermBorrowings}",
            "{lender} holds {share} of {sub} and lent it {amount:DueToRelatedPartiesCurrent}",
            "{co} had drawn {amount:LineOfCredit} on the {facility} to buy {sub} for"
            " {amount:BusinessCombinationConsiderationTransferred1}",
            "treasury bills of {amount} with yields of {coupon_low} to {coupon_high} are held to"
            " maturity",
            "covenants limit the {metric} to {ratio} and dividends to {amount} a year",
            "the present value of leases was computed at {rate} , the incremental borrowing rate",
            "a shift of {pct} in {base} changes income by {cost}",
            "{co} granted {shares} units vesting over {number} years and expensed {cost}",
            "the purchase agreement caps indemnities at {amount} , or {share} of the price",
            "{sub} guarantees {share} of the debt of its venture in {place} , or {amount}",
        ),
    },
    tails={
        "capacity": (
            "; {amount:LineOfCredit} had been drawn by {date}",
            ", for which {lender} earns an annual fee of {fee}",
            ", and letters of credit took up {amount}",
            ", priced at {SPREAD} over {base}",
        ),
        "spread": (
            ", which came to {rate} at {date}",
            "; no more than {CAPACITY} can be owed",
            "and a fee of {fee} for letters of credit",
            ", save for {amount} that is hedged at {rate}",
        ),
        "coupon": (
            ", leaving {amount:DebtInstrumentCarryingAmount} outstanding at {date}",
            ", and the yield to maturity was {rate}",
            "; the {notes} due {due} , at {COUPON} , are unaffected",
            ", far above the {coupon} bonds that {co} holds of {peer}",
            ", or {EFFECTIVE} on an effective basis",
        ),
        "effective": (
            ", while the quoted yield was {rate} at {date}",
            "; {cost:InterestExpenseDebt} was expensed in the {quarter}",
            "and a remaining life of {number} years",
        ),
    },
    contrasts=(
        ", in contrast to {base} {plus} {spread} for {peer} , {outsider}",
        "; at {peer} , {outsider} , the {facility} is limited to {capacity}",
        "; {peer} , {outsider} , by comparison issued {coupon} {notes}",
        ", though {outsider} , {peer} , faces an effective interest rate of {rate}",
        "; {outsider} , {peer} , has a {capacity} {facility} at a margin of {spread}",
    ),
    own=(
        "{co} told investors that",
        "following the spin - off of {peer} , {co} noted that",
        "by resolution of {co's} board ,",
        "{co} , an issuer in good standing , recorded that",
        "the auditors verified that",
    ),
    others=(
        "according to {peer} , {outsider} ,",
        "{outsider} , namely {peer} , noted that",
        "{peer} ( {outsider} ) stated that",
        "from the accounts of {peer} , {outsider} , it is known that",
        "{co} heard from {peer} , {outsider} , that",
        "{peer} , which {co} knows as {outsider} , declared that",
    ),
)
