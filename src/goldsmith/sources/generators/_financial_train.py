"""Wordings of the training filings (the validation and test halves of `seen` use them too).

A wording is words separated by blanks, as FiNER-139 tokenises them, with slots in braces:
{SPREAD}, {COUPON}, {EFFECTIVE}, {CAPACITY} are numbers that carry one of the four tags; the
same names in lower case are the same sort of number without a tag (a distractor);
{amount:LineOfCredit} is a number with another FiNER tag, which the pipeline maps to O; all
other slots are words (see `_financial_lexicon`). A tail is put before the full stop.
"""

from goldsmith.sources.generators._financial_lexicon import Wordings

TRAIN = Wordings(
    cores={
        "capacity": (
            "{when} , {co} entered into the {agreement} with {lender} , which provides for a"
            " {facility} with room for {CAPACITY} and a {amount:DebtInstrumentFaceAmount} {loan}",
            "borrowings under the {facility} may reach {CAPACITY} , including letters of credit of"
            " up to {amount}",
            "at {date} , {co} had {amount:LineOfCredit} drawn under a {facility} whose size is"
            " {CAPACITY}",
            "the amendment raised the aggregate commitments of the lenders from {CAPACITY} to"
            " {CAPACITY} and left the {amount} accordion unchanged",
            "{co} may borrow , repay and reborrow until {date} as much as {CAPACITY} , subject to"
            " a borrowing base that stood at {amount} at quarter end",
            "{lender} agreed to advance {sub} a maximum of {CAPACITY} at any one time outstanding"
            " , secured by {share} of its eligible receivables",
            "of the {CAPACITY} available to {sub} under the {facility} , {amount:LineOfCredit} had"
            " been used and {amount:LineOfCreditFacilityRemainingBorrowingCapacity} was unused",
            "total commitments under the {agreement} are {CAPACITY} , of which {amount} may be"
            " drawn in foreign currencies and {amount} as swingline loans",
            "the {facility} was upsized {when} by {amount} to {CAPACITY}",
            "{sub} maintains a {facility} with {lender} limited to the lesser of {CAPACITY} and"
            " {share} of eligible inventory",
            "{co} repaid the {amount:RepaymentsOfDebt} balance of the {loan} and replaced it with"
            " a {facility} , sized at {CAPACITY} , that matures on {date}",
            "availability under the {facility} , which is capped at {CAPACITY} , was reduced by"
            " letters of credit of {amount:LettersOfCreditOutstandingAmount}",
            "the {agreement} consists of a {CAPACITY} {facility} priced at {base} {plus} {SPREAD}"
            " and a {amount:DebtInstrumentFaceAmount} {loan} priced at {base} {plus} {SPREAD}",
            "the lenders ' commitments step down from {CAPACITY} to {CAPACITY} on {date}",
            "{co} cut the size of the {facility} to {CAPACITY} from {CAPACITY} and wrote off"
            " {cost:WriteOffOfDeferredDebtIssuanceCost} of deferred costs",
            "after an increase of {amount} agreed {when} , the ceiling on borrowings under the"
            " {facility} is {CAPACITY}",
            "{sub} pays {fee:LineOfCreditFacilityUnusedCapacityCommitmentFeePercentage} on the"
            " undrawn part of the {CAPACITY} {facility} and {SPREAD} over {base} on drawn amounts",
            "at {date} and {date} , {co} owed {amount:LineOfCredit} and {amount:LineOfCredit} ,"
            " respectively , under the {facility} , whose limit is {CAPACITY}",
        ),
        "spread": (
            "borrowings under the {facility} bear interest at {base} {plus} {SPREAD} or , at"
            " {co's} option , {prime} {plus} {SPREAD}",
            "the {loan} accrues interest at {base} plus a margin ranging from {SPREAD_LOW} to"
            " {SPREAD_HIGH} , depending on the {metric}",
            "the applicable margin is {SPREAD} for {base} loans and {SPREAD} for {prime} loans ,"
            " and the commitment fee is {fee:LineOfCreditFacilityCommitmentFeePercentage}",
            "the amendment lowered the margin over {base} from {SPREAD_HIGH} to {SPREAD_LOW} and"
            " the floor from {fee} to {fee}",
            "interest on the {loan} is payable {often} at a rate of {SPREAD} above {base} , which"
            " was {rate} at {date}",
            "at {date} , the {facility} bore interest at"
            " {rate:LineOfCreditFacilityInterestRateAtPeriodEnd} , being {base} of {rate} {plus}"
            " {SPREAD}",
            "outstanding advances carry interest at {prime} {plus} {SPREAD} , subject to a floor"
            " of {rate} , and a default rate that is {pct} higher",
            "{sub} pays {base} {plus} {SPREAD} on the first {amount} drawn and {base} {plus}"
            " {SPREAD} on the remainder",
            "{prime} is the highest of ( a ) the rate announced by {lender} , ( b ) the federal"
            " funds rate plus {fee} and ( c ) {base} {plus} {pct} , and the margin is {SPREAD}",
            "the spread was {SPREAD} at {date} , when {amount:LongTermDebt} was outstanding at an"
            " all - in rate of {rate}",
            "loans drawn in dollars are priced {SPREAD} over {base} , while those drawn in"
            " sterling are priced {SPREAD} over the equivalent rate",
            "if the {metric} exceeds {ratio} , the margin rises to {SPREAD_HIGH} from {SPREAD_LOW}"
            " and the fee on unused commitments to"
            " {fee:LineOfCreditFacilityUnusedCapacityCommitmentFeePercentage}",
            "the mortgage on the {place} property , with a balance of {amount:SecuredDebt} ,"
            " floats at {base} {plus} {SPREAD} and was {share} hedged",
            "interest is charged at {co's} election at ( i ) {base} {plus} {SPREAD_LOW} to"
            " {SPREAD_HIGH} or ( ii ) {prime} {plus} {SPREAD_LOW} to {SPREAD_HIGH}",
            "{sub} repriced its {loan} {when} at a discount of {pct} , to {base} {plus} {SPREAD}",
            "a letter of credit fee of {fee} and a margin of {SPREAD} over {base} apply until the"
            " {metric} falls below {ratio}",
            "amounts borrowed by {sub} bear interest at {base} , reset {often} , {plus} {SPREAD} ,"
            " and {co} guarantees up to {share} of them",
        ),
        "coupon": (
            "{when} , {co} issued {amount:DebtInstrumentFaceAmount} aggregate principal amount of"
            " {notes} due {due} at {price} of par , on which it owes {COUPON} a year",
            "the {notes} bear interest , payable {often} in arrears , at {COUPON} per year , and"
            " are redeemable at {price}",
            "{co} redeemed the {notes} due {due} , which paid {COUPON} , and {share} of those due"
            " {due} , which paid {COUPON}",
            "the {notes} carry a fixed rate of {COUPON} ( the “ {again} Notes ” ) and mature on"
            " {date}",
            "{sub} owes on a promissory note to a former owner of {amount:NotesPayable} that"
            " accrues interest at {COUPON} and on a {loan} with a spread of {SPREAD}",
            "fixed rates on the equipment loans vary between {COUPON_LOW} and {COUPON_HIGH} , with"
            " {share} of the balance due within {number} years",
            "net proceeds from the {notes} priced to pay {COUPON} were"
            " {amount:ProceedsFromIssuanceOfDebt} after an underwriting discount of {fee}",
            "holders of the {notes} , who receive {COUPON} a year , may convert each {money} of"
            " principal into {shares} shares at a premium of {share} to the market price",
            "the indenture for the {COUPON} {notes} limits secured debt to {share} of total assets",
            "at {date} , the fair value of the {COUPON} {notes} was {amount:LongTermDebtFairValue}"
            " , based on a market yield of {rate}",
            "the {place} mortgage loan has a principal of {amount:DebtInstrumentFaceAmount} , a"
            " rate fixed at {COUPON} and an amortisation period of {number} years",
            "{co} exchanged {amount} of {COUPON} {notes} due {due} for {amount} of new {COUPON}"
            " {notes} due {due} and {shares} shares",
            "the seller note of {amount:BusinessCombinationConsiderationTransferred1} bears simple"
            " interest of {COUPON} and is subordinated to the {facility}",
            "following a registration default , interest on the {notes} would step up by {fee}"
            " from the stated {COUPON}",
            "interest on the {notes} is {COUPON} in cash through {date} and {COUPON} thereafter",
            "{sub} swapped its {notes} , which pay {COUPON} , to {base} {plus} {pct} , for an"
            " average cost of {rate}",
        ),
        "effective": (
            "including the amortization of issuance costs , the effective interest rate on the"
            " {COUPON} {notes} was {EFFECTIVE} for the year ended {date}",
            "the discount of {amount:DebtInstrumentUnamortizedDiscount} is being accreted over"
            " {number} years , which makes the effective rate , net of tax relief of {pct} ,"
            " {EFFECTIVE}",
            "after deferred costs , the {loan} has an effective interest rate of {EFFECTIVE} ,"
            " against a contractual rate of {base} {plus} {SPREAD}",
            "the liability component of the {notes} is accreted at {EFFECTIVE} , compared with the"
            " coupon of {COUPON} , and the equity component was {amount}",
            "the effective rates of the {COUPON} {notes} and the {COUPON} {notes} were {EFFECTIVE}"
            " and {EFFECTIVE} , respectively",
            "{sub} recognizes interest expense on the {notes} at {EFFECTIVE} , of which {COUPON}"
            " is paid in cash",
            "with fees taken into account , {sub} pays {EFFECTIVE} on the {loan} , while the"
            " weighted average rate of all debt was {rate:DebtWeightedAverageInterestRate}",
            "the premium lowers the effective cost of the {notes} due {due} to {EFFECTIVE} from"
            " the stated rate of {COUPON}",
            "unamortized costs of {cost:DeferredFinanceCostsNet} relate to the {notes} ( coupon"
            " {COUPON} , effective rate {EFFECTIVE} ) and the {facility}",
            "interest on the {notes} was imputed , resulting in an effective interest rate of"
            " {EFFECTIVE} and a debt discount of {amount}",
            "{co's} {notes} were issued at {price} of par , so that the effective interest rate is"
            " {EFFECTIVE} rather than {COUPON}",
            "the hedge gain deferred {when} reduces the effective interest rate of the {COUPON}"
            " {notes} to {EFFECTIVE}",
        ),
        "none": (
            "the effective tax rate was {pct:EffectiveIncomeTaxRateContinuingOperations} for the"
            " {quarter} and {pct:EffectiveIncomeTaxRateContinuingOperations} a year earlier",
            "the loan to the joint venture bears interest at {base} {plus} {spread} and is"
            " included in other assets at {amount}",
            "{co} paid a commitment fee of"
            " {fee:LineOfCreditFacilityUnusedCapacityCommitmentFeePercentage} on the unused"
            " portion of the {facility}",
            "the swap fixes {base} at {rate:DerivativeFixedInterestRate} on a notional amount of"
            " {amount:DerivativeNotionalAmount} until {date}",
            "{co} acquired {share:BusinessAcquisitionPercentageOfVotingInterestsAcquired} of {sub}"
            " for {amount:BusinessCombinationConsiderationTransferred1} , of which {amount} was"
            " financed under the {facility}",
            "at {date} , {amount:LineOfCredit} was outstanding under the {facility} at a weighted"
            " average rate of {rate:DebtWeightedAverageInterestRate}",
            "lease liabilities were measured at a discount rate of"
            " {rate:OperatingLeaseWeightedAverageDiscountRatePercent} over {number} years",
            "{sub} holds a {coupon} note receivable of {amount:NotesReceivableGross} from {peer}"
            " that matures on {date}",
            "the {agreement} requires a {metric} of no more than {ratio} and an interest coverage"
            " ratio of at least {ratio}",
            "the {coupon} Series A preferred shares pay dividends {often} and may be redeemed at"
            " {money} per share",
            "interest expense rose by {cost} to {cost:InterestExpense} , mainly because of the"
            " {loan} drawn {when}",
            "an increase of {pct} in {base} would change annual interest expense by {cost} , given"
            " {amount} of floating - rate debt",
            "goodwill was tested with a discount rate of {rate} and a growth rate of {pct}",
            "loans to customers carry rates of {coupon_low} to {coupon_high} , and {share} of them"
            " are secured",
            "one customer accounted for {share:ConcentrationRiskPercentage1} of revenue and"
            " another for {share:ConcentrationRiskPercentage1}",
            "{co} capitalized {cost:DeferredFinanceCostsGross} of costs in connection with the"
            " {agreement} and expensed {cost}",
            "the {loan} amortizes at {pct} per year , with the balance of {amount} due on {date}",
            "{co's} investment of {amount} in {coupon} corporate bonds due {due} is classified as"
            " available for sale",
            "unused commitments were {amount:LineOfCreditFacilityRemainingBorrowingCapacity} at"
            " {date} , net of {amount} of letters of credit",
            "holders of {share} of the {notes} agreed to a fee of {fee} for waiving the covenant",
        ),
    },
    tails={
        "capacity": (
            ", of which {amount:LineOfCredit} was outstanding at {date}",
            "; the letter of credit facility of {amount} costs"
            " {fee:LineOfCreditFacilityUnusedCapacityCommitmentFeePercentage} per annum",
            ", with {amount} available at {date} under the tightest covenant",
            "; the separate overdraft line with {lender} is limited to {CAPACITY}",
            ", at an interest rate of {base} {plus} {SPREAD}",
            ", and {co} may request a further {amount} from the lenders",
            "( {rate} at {date} )",
        ),
        "spread": (
            "( {rate:DebtInstrumentInterestRateAtPeriodEnd} at {date} )",
            ", with {amount:LongTermDebt} outstanding at {date}",
            ", and unused commitments cost {fee:LineOfCreditFacilityCommitmentFeePercentage}",
            "on total commitments of {CAPACITY}",
            ", before the effect of a swap at {rate:DerivativeFixedInterestRate}",
            ", subject to a {metric} below {ratio}",
        ),
        "coupon": (
            ", and the unpaid principal was {amount:DebtInstrumentCarryingAmount} at {date}",
            "; {co} also arranged a {facility} with a limit of {CAPACITY}",
            ", or , counting costs , {EFFECTIVE}",
            "( the “ {coupon} Notes due {due} ” ) , of which {share} was held by affiliates",
            "and ranks equally with the {COUPON} {notes} due {due}",
            ", while bank debt cost {rate} on average",
            ", and the proceeds were put into {coupon} notes of {peer}",
        ),
        "effective": (
            ", and the carrying amount was {amount:DebtInstrumentCarryingAmount} at {date}",
            "; amortization was {cost:AmortizationOfFinancingCosts} in the {quarter}",
            ", compared with a market rate of {rate}",
            ", excluding a {pct} exit fee",
        ),
    },
    contrasts=(
        "; {peer} , {outsider} , pays {base} {plus} {spread}",
        "; {outsider} , {peer} , has a {facility} of up to {capacity}",
        ", while {peer} , {outsider} , owes {coupon} {notes} due {due}",
        ", whereas {peer} , {outsider} , has an effective interest rate of {rate}",
        "; the bonds of {peer} , {outsider} , bear interest at {coupon}",
        ", as against a {capacity} {facility} and a margin of {spread} at {outsider} , {peer}",
    ),
    own=(
        "as described in note {number} ,",
        "{co} announced that",
        "after its merger with {peer} , {co} reported that",
        "in the financial statements of {co} ,",
        "{co} , a public company , disclosed that",
        "under the plan that the board approved {when} ,",
    ),
    others=(
        "{peer} , {outsider} , reported that",
        "the {year} report of {peer} , {outsider} , says that",
        "{outsider} , {peer} , disclosed that",
        "in the financial statements of {outsider} , {peer} ,",
        "{co} learned from {peer} , {outsider} , that",
        "{peer} is {outsider} and announced that",
        "as for {peer} , which is {outsider} ,",
        "at {outsider} , {peer} ,",
    ),
)
