"""What the fields ask and find in words that training never sees; the notation is that of
`_science_speech`."""

from collections.abc import Mapping

from goldsmith.sources.generators._science_fields import Speech

VALIDATION_SPEECH: Mapping[str, Speech] = {
    "astro-ph": Speech((
        "where in the sky {things} form and why",
        "the mass at which {things} fade out of telescope surveys",
        "whether gas drag brakes {things}",
    ), (
        "A planet-mass body would account for the wobble",
    )),
    "cond-mat": Speech((
        "the ordered ground state that {things} settle into",
        "how disorder localises {events}",
        "the critical temperature at which order in {things} melts",
    ), (
        "The order parameter jumps at a field of {n} T",
    )),
    "cs.LG": Speech((
        "whether features learnt without labels generalise to {things}",
        "the number of training examples from which {events} can be learnt",
        "why large models of {quantity} do not overfit",
    ), (
        "Validation loss keeps falling up to {n} million weights",
    )),
    "econ": Speech((
        "whether a price cap harms consumers and {things}",
        "the bargaining power and wages of {things}",
        "what a tax on {events} does to the welfare of {things}",
    ), (
        "Consumer surplus grows by {pct} and profits shrink by {pct}",
    )),
    "eess": Speech((
        "an adaptive filter that tracks {quantity} in real time",
        "how to sample and encode {data} on a low-power device",
        "detection of faults in {things} within one clock cycle",
    ), (
        "The demodulator locks within {n} symbols",
    )),
    "math": Speech((
        "necessary and sufficient conditions for the existence of a flow with {events}",
        "regularity of minimisers in a model of {things}",
        "an inequality satisfied by solutions that stand for {things}",
    ), (
        "The lemma extends to all Banach spaces of type {digit}",
    )),
    "physics.bio-ph": Speech((
        "the torque and force that biological {things} generate",
        "how living {things} resist mechanical shear",
        "thermal diffusion of proteins through {things}",
    ), (
        "Half of the elastic energy is stored in the cytoskeleton",
    )),
    "q-bio": Speech((
        "how evolving parasites and their hosts share {things}",
        "the ancestry and family tree of {things}",
        "which genes set {quantity} in the organism",
    ), (
        "The mutants grow normally but fail to reproduce",
    )),
    "q-fin": Speech((
        "what a hedged derivative on {quantity} is worth",
        "how banks should hold capital against {events}",
        "diversification of a portfolio across {things}",
    ), (
        "Expected shortfall falls by {pct} at unchanged return",
    )),
    "stat": Speech((
        "the sample size from which a test tells {quantity} from zero",
        "robust estimators of {quantity} with outlying {data}",
        "inference after model selection for {things}",
    ), (
        "Simulated p-values are uniform under the null",
    )),
    "hep-lat": Speech((
        "chiral extrapolation of {quantity} for light quarks",
    ), (
        "The meson decay constant is {n} MeV",
    )),
    "nlin": Speech((
        "the basins of attraction of {things}",
    ), (
        "Intermittent dynamics set in beyond a Hopf point",
    )),
}  # fmt: skip
"""What the fields ask in validation alone."""

TEST_SPEECH: Mapping[str, Speech] = {
    "astro-ph": Speech((
        "whether {things} in the Milky Way share a progenitor",
        "what the gas around {things} has to do with the emission during {events}",
        "masses and ages of {things} in a survey of the southern sky",
        "at what cosmic time {things} began to shine",
        "the heavy elements that {things} return to interstellar space",
        "whether {things} host rocky companions",
    ), (
        "The source lies at {n} kpc, further out than thought",
        "Dust, and not a central engine, explains the infrared glow",
        "The orbit of the innermost body is polar",
    )),
    "cond-mat": Speech((
        "the broken symmetry that sets in for {things} upon cooling",
        "how disorder and interaction compete in {things}",
        "critical scaling of {quantity} at a glass transition of {things}",
        "low-temperature transport in {things} with {events}",
        "the phases of {things} under pressure",
        "superconducting order in strained {things}",
    ), (
        "The dome of the paired state ends at {n} GPa",
        "The quasiparticles are long-lived up to {n} K",
        "Universality is that of the three-dimensional XY class",
    )),
    "cs.LG": Speech((
        "transfer of what a network has learnt on {data} to unseen {things}",
        "how training by gradient descent finds features of {events}",
        "the accuracy lost when a predictor of {quantity} is made fair",
        "self-supervised pretraining on {data}",
        "robust policies learnt from logged {data}",
        "how well calibrated large models of {quantity} are off their training distribution",
    ), (
        "Zero-shot performance matches that of a supervised network",
        "Scaling the batch by {n} leaves the learning curve unchanged",
        "Most of the layers can be pruned without a drop on the benchmark",
    )),
    "econ": Speech((
        "how much {things} would pay for a policy that prevents {events}",
        "labour supply of {things} after {events}",
        "the effect of competition on what {things} earn and consume",
        "whether information about {quantity} changes demand",
        "the incentives that a tax reform gives to {things}",
        "welfare and income of {things} under regulation",
    ), (
        "The reform raises employment by {pct} in the treated regions",
        "Prices fall, yet welfare does not improve for late adopters",
        "The marginal dollar of aid yields {small} dollars of output",
    )),
    "eess": Speech((
        "a low-power receiver for {things} with one-bit converters",
        "real-time estimation of {quantity} from delayed {data}",
        "how to filter and compress {data} on a chip with little memory",
        "interference-limited data rates of {things}",
        "feedback control that rides through {events}",
        "sensors and sampling schemes for {quantity} at minimal energy",
    ), (
        "The field-programmable gate array runs at {n} MHz",
        "Outage probability is {small} at a signal-to-noise ratio of {n} dB",
        "The feedback law needs no more than {n} bits per update",
    )),
    "math": Speech((
        "global existence for a nonlocal equation inspired by {things}",
        "asymptotics of eigenvalues of an operator that counts {events}",
        "a rigidity theorem for symmetries of {things}",
        "uniform bounds for an elliptic equation whose coefficients model {things}",
        "an isomorphism between spaces suggested by {things}",
        "an inequality for the equilibrium of a flow that abstracts {events}",
    ), (
        "We prove the bound {tex} and exhibit an extremal function",
        "The argument combines a compactness lemma with induction on genus",
        "Uniqueness is lost in the supercritical regime",
    )),
    "physics.bio-ph": Speech((
        "the mechanical forces by which {things} hold together in living tissue",
        "energy barriers to {events} in the living state",
        "how viscosity and thermal noise limit {things} in biological fluids",
        "free energy and dissipation of {events} in biomolecules",
        "stress and elasticity of living {things} under load",
        "the friction against which biological {things} move",
    ), (
        "The barrier of {n} $k_B T$ is lowered by crowding",
        "The filament yields at {n} pN and heals within {small} s",
        "Motility stops where viscosity exceeds that of mucus",
    )),
    "q-bio": Speech((
        "which genes switch {events} on during the life of an organism",
        "the genetic basis of variation in {quantity} between species",
        "how selection by hosts and predators keeps {things} in check",
        "the evolution of {things} on islands and their ancestry",
        "molecular pathways through which {things} cause disease",
        "the function of {things} in the ecology of their hosts",
    ), (
        "A single receptor, absent in plants, mediates the effect",
        "Offspring inherit the trait from the mother only",
        "The wild relatives carry {n} further haplotypes",
    )),
    "q-fin": Speech((
        "arbitrage-free values of products that pay out on {events}",
        "hedging of claims contingent on {quantity}",
        "how traders with large portfolios unwind positions in {things}",
        "contagion among banks and lenders through {events}",
        "risk premiums for exposure to {things}",
        "returns and tail risk of a fund that owns {things}",
    ), (
        "The replication error is {n} cents per contract",
        "Collateral requirements double in stressed weeks",
        "Alpha disappears once borrowing fees are charged",
    )),
    "stat": Speech((
        "confidence statements about {quantity} that hold in finite samples",
        "imputation of missing {data} without bias in variances",
        "a test to compare hypotheses on {events} under weak dependence",
        "shrinkage estimators for many noisy values of {quantity}",
        "consistent regression for {data} with ties and measurement error",
        "the sensitivity of inference on {quantity} to a misspecified prior",
    ), (
        "The mean squared error is {small} times that of maximum likelihood",
        "The credible sets contract at the minimax rate {tex}",
        "Type I error stays below {pct} for every sample size tried",
    )),
    "hep-lat": Speech((
        "nucleon form factors with dynamical {things}",
        "the hot quark medium at non-zero baryon density from {data}",
    ), (
        "The result for the strong coupling is {small}",
    )),
    "nlin": Speech((
        "rogue waves and pattern formation in {things}",
        "phase locking and its loss in rings of {things}",
    ), (
        "The limit cycle is born in a saddle-node collision",
    )),
}  # fmt: skip
"""What the fields ask in test alone."""
