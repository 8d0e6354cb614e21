"""What each field asks and finds, as training words it.

An ask fits behind "we study"; what decides a paper's field is its ask. {things}, {quantity},
{data} and {events} are of the paper's theme, so that two fields ask of the same objects.
"""

from collections.abc import Mapping

from goldsmith.sources.generators._science_fields import Speech

TRAIN_SPEECH: Mapping[str, Speech] = {
    "astro-ph": Speech(
        asks=(
            "what powers {events} in {things}",
            "how {things} form and how long they last",
            "the distances to {things} and their place in the Milky Way and beyond",
            "whether {events} trace an unseen companion of {things}",
            "the origin of {quantity} that telescopes see in {things}",
            "how the environment in which {things} were born sets {quantity}",
            "the ages of {things} as read from {data}",
            "whether {quantity} of {things} evolves over cosmic time",
            "how many {things} a sky survey has missed",
            "the chemical history that {things} remember",
        ),
        findings=(
            "The objects are {n} times fainter than their nearest analogues",
            "We report {n} new candidates and rule out a common progenitor at {sigma}",
            "The inferred masses lie between {small} and {n} solar units",
            "A hot component of gas is needed to explain the excess emission",
        ),
    ),
    "cond-mat": Speech(
        asks=(
            "which ordered phase {things} enter when they are cooled",
            "the transition between rigid and flowing states of {things}",
            "whether {events} survive disorder in {things}",
            "the low-energy excitations of {things}",
            "how {quantity} of {things} scales close to the critical point",
            "the microscopic origin of {quantity} in {things}",
            "how external pressure and field tune {things} from one phase to another",
            "whether {things} conduct, and by which carriers",
            "the phase diagram of {things} as interaction and density vary",
            "the collective modes to which {events} give rise",
        ),
        findings=(
            "The transition is continuous, with an exponent of {small}",
            "Below {n} K a gap opens and the anomaly disappears",
            "A phase with coexisting orders appears between the two known ones",
            "The scaling collapse holds over {n} decades of temperature",
        ),
    ),
    "cs.LG": Speech(
        asks=(
            "whether a model trained on {data} generalises to {things} it has never met",
            "how few labels a learner needs to recognise {events}",
            "which representation of {data} a model should be trained on",
            "how to keep training stable when {data} arrive in a shifting order",
            "whether larger models keep improving at predicting {quantity}",
            "what makes a trained predictor of {quantity} forget earlier tasks",
            "how robust learned classifiers of {things} are to adversarial changes",
            "how a pretrained model is best adapted to {things}",
            "whether a learner can explain its predictions of {events}",
            "the inductive biases that learning on {data} calls for",
        ),
        findings=(
            "Held-out accuracy rises from {pct} to {pct} with the same number of parameters",
            "An ablation shows that pretraining accounts for most of the gain",
            "The gap between training and test loss closes after {n} epochs",
            "The model beats {n} baselines on unseen tasks without fine-tuning",
        ),
    ),
    "econ": Speech(
        asks=(
            "who gains and who loses when {events} become more frequent",
            "the causal effect of a subsidy on {quantity}",
            "how {things} respond to incentives",
            "whether competition among {things} passes lower costs on to consumers",
            "the welfare cost of {events}",
            "how a tax on {things} shifts demand",
            "why {things} differ in their choices although prices are the same",
            "the design of an auction in which {things} take part",
            "whether public policy can insure {things} against {events}",
            "how beliefs about {quantity} shape decisions to work and to spend",
        ),
        findings=(
            "The elasticity is {small}, and it is largest for the poorest quintile",
            "The policy pays for itself within {n} years",
            "About {pct} of the burden falls on workers rather than on owners",
            "The response is driven by expectations and not by liquidity",
        ),
    ),
    "eess": Speech(
        asks=(
            "how to recover {quantity} in real time on a low-power chip",
            "the design of a receiver that withstands {events}",
            "how densely {data} must be sampled so that nothing is lost",
            "a controller that keeps {things} stable in spite of {events}",
            "the data rate that {things} can sustain within a given energy budget",
            "how to place sensors so that {events} are detected without delay",
            "the compression of {data} for transmission over a narrow band",
            "how interference between {things} can be cancelled",
            "a hardware architecture that tracks {quantity} with few multipliers",
            "the calibration of instruments that record {data}",
        ),
        findings=(
            "The prototype consumes {n} mW and has a latency of {small} ms",
            "The error rate drops by {n} dB at equal bandwidth",
            "The loop remains stable for delays of up to {n} ms",
            "The circuit saves {pct} of the multiplications",
        ),
    ),
    "math": Speech(
        asks=(
            "the existence and uniqueness of solutions to equations that model {events}",
            "whether the equations for {things} are well posed for rough initial values",
            "a sharp inequality behind known bounds on {quantity}",
            "the limit of a rescaled model of {things}, in the sense of weak convergence",
            "a classification up to isomorphism of symmetries that {things} have",
            "the regularity of free boundaries in a model of {things}",
            "how fast solutions of a model of {events} decay to equilibrium",
            "the spectrum of an operator whose eigenvalues stand for {quantity}",
            "a conjecture on graphs that arose from {data}",
            "blow-up in finite time for a system that describes {events}",
        ),
        findings=(
            "The proof rests on a priori estimates and a fixed-point argument",
            "The constant {tex} is optimal, as a counterexample shows",
            "As a corollary we settle the case of dimension {digit}",
            "The theorem fails without the convexity assumption",
        ),
    ),
    "physics.bio-ph": Speech(
        asks=(
            "the forces that {things} exert on their surroundings",
            "how much free energy {things} spend on {events}",
            "how {things} sense and transmit mechanical stress",
            "the physical limits to the precision with which biological {things} work",
            "how thermal noise drives {events} in {things}",
            "whether {quantity} follows from mechanics alone in living matter",
            "the hydrodynamic coupling between {things} in biological fluids",
            "how elasticity and geometry shape {things} inside the organism",
            "the dissipation that keeps living {things} away from equilibrium",
            "the electrostatic and entropic barriers to {events} in living systems",
        ),
        findings=(
            "A load of {n} pN is enough to stall the motion",
            "The work per cycle is {small} $k_B T$",
            "The living system is softer by {pct} once its supply of ATP is cut",
            "A minimal mechanical model explains the measured speeds",
        ),
    ),
    "q-bio": Speech(
        asks=(
            "which genes and pathways regulate {events} in {things}",
            "how {things} have evolved under selection by their hosts",
            "the biological function of {events}",
            "why {quantity} differs between closely related species",
            "the role of {things} in development and disease",
            "how populations of organisms adapt to {events}",
            "the ancestry of {things} as told by {data}",
            "whether {quantity} is inherited or set by diet and habitat",
            "how the immune system recognises and clears {things} in the host",
            "which signals let organisms keep {quantity} steady",
        ),
        findings=(
            "Knocking out {n} candidate genes abolishes the response",
            "The trait arose at least {digit} times and was lost once",
            "Females show the effect and males do not",
            "The pathway is conserved between mouse and fish",
        ),
    ),
    "q-fin": Speech(
        asks=(
            "the premium that investors ask for bearing {events}",
            "how a book of claims on {things} should be hedged",
            "the arbitrage-free pricing of contracts on {quantity}",
            "the capital that a bank must hold against {events}",
            "how a portfolio exposed to {things} is best rebalanced under trading costs",
            "whether {quantity} predicts excess returns",
            "the tail risk in securities backed by {things}",
            "the optimal execution of large orders around {events}",
            "how risk measures react to {events}",
            "the valuation of insurance-linked notes on {things}",
        ),
        findings=(
            "The hedged position loses {pct} less at the 99% quantile",
            "The premium amounts to {n} basis points a year",
            "The strategy keeps a Sharpe ratio of {small} after fees",
            "The implied prices rule out arbitrage for all maturities up to {n} years",
        ),
    ),
    "stat": Speech(
        asks=(
            "valid confidence intervals for {quantity} when {data} are incomplete",
            "whether an estimator of {quantity} remains consistent under dependence",
            "how to test for a change in {quantity} at a controlled error rate",
            "the design of samples from which {quantity} can be inferred without bias",
            "prior distributions under which the posterior of {quantity} is calibrated",
            "how to correct for multiple comparisons across {things}",
            "the efficiency that is lost when {data} are weighted wrongly",
            "the identifiability of {quantity} from censored {data}",
            "how measurement error in {data} biases regression on {things}",
            "a goodness-of-fit criterion for models of {events}",
        ),
        findings=(
            "The intervals cover at {pct} where the usual ones cover at {pct}",
            "The test attains its nominal level with {n} observations",
            "The asymptotic variance equals the semiparametric bound",
            "The bias vanishes at the rate {tex}",
        ),
    ),
    "hep-lat": Speech(
        asks=(
            "the continuum limit of {quantity} in lattice gauge theory",
            "hadron masses as computed from {things} at the physical pion mass",
            "quark confinement as seen in {things}",
            "finite-volume corrections to {quantity} in lattice QCD",
            "the deconfinement temperature of quenched QCD from {data}",
        ),
        findings=(
            "The extrapolated hadron mass is {n} MeV",
            "Cut-off effects are of order $a^2$ for all couplings",
        ),
    ),
    "nlin": Speech(
        asks=(
            "the route to chaos in {things}",
            "solitons and breathers that {events} leave behind",
            "the synchronisation of {things} as coupled oscillators",
            "bifurcations that precede {events}",
            "chimera states and multistability in {things}",
        ),
        findings=(
            "A cascade of period doublings ends in a strange attractor",
            "The largest Lyapunov exponent turns positive at {small}",
        ),
    ),
}
"""What the fields ask in training, and in the known half of the other splits."""
