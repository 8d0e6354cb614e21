"""What the fields ask and find in words that training never sees; the notation is that of
`_science_speech`."""

from collections.abc import Mapping

from goldsmith.sources.generators._science_fields import Speech

VALIDATION_SPEECH: Mapping[str, Speech] = {
    "astro-ph": Speech(
        ("where in the sky {things} cluster and why", "the luminosity at which {things} fade out",
         "whether magnetic winds brake {things}"),
        ("A planet-mass body would account for the wobble",),
    ),
    "cond-mat": Speech(
        ("the ground state that {things} settle into", "how impurities localise {events}",
         "the melting of order in {things}"),
        ("The order parameter jumps at a field of {n} T",),
    ),
    "cs.LG": Speech(
        ("whether features learnt without labels carry over to {things}",
         "the number of examples from which {events} can be learnt",
         "why overparameterised predictors of {quantity} do not overfit"),
        ("Validation loss keeps falling up to {n} million weights",),
    ),
    "econ": Speech(
        ("whether a price cap harms {things}", "the bargaining power of {things}",
         "what a minimum standard does to the supply of {things}"),
        ("Consumer surplus grows by {pct} and profits shrink by {pct}",),
    ),
    "eess": Speech(
        ("an adaptive filter that follows {quantity}", "how to encode {data} on a small device",
         "fault detection for {things} within one clock cycle"),
        ("The demodulator locks within {n} symbols",),
    ),
    "math": Speech(
        ("necessary and sufficient conditions for {events} in an abstract flow",
         "compactness of minimisers in a variational model of {things}",
         "an algebraic identity satisfied by generating functions of {things}"),
        ("The lemma extends to all Banach spaces of type {digit}",),
    ),
    "physics.bio-ph": Speech(
        ("the torque that biological {things} generate", "how living {things} resist shear",
         "diffusion of proteins through crowded {things}"),
        ("Half of the elastic energy is stored in the cytoskeleton",),
    ),
    "q-bio": Speech(
        ("how parasites manipulate {things}", "the family tree of {things}",
         "which enzymes set {quantity} in vivo"),
        ("The mutants grow normally but fail to reproduce",),
    ),
    "q-fin": Speech(
        ("what a derivative written on {quantity} is worth",
         "how lenders should provision for {events}",
         "diversification across {things}"),
        ("Expected shortfall falls by {pct} at unchanged return",),
    ),
    "stat": Speech(
        ("the sample size from which {quantity} can be told from zero",
         "robust estimation of {quantity} with outlying {data}",
         "model selection for {things} under a fixed false discovery proportion"),
        ("Simulated p-values are uniform under the null",),
    ),
    "hep-lat": Speech(
        ("chiral extrapolation of {quantity} for light quarks",),
        ("The meson decay constant is {n} MeV",),
    ),
    "nlin": Speech(
        ("the basins of attraction of {things}",),
        ("Intermittent dynamics set in beyond a Hopf point",),
    ),
}  # fmt: skip
"""What the fields ask in validation alone."""

TEST_SPEECH: Mapping[str, Speech] = {
    "astro-ph": Speech(
        asks=(
            "the engine behind {events} of {things}",
            "how bright {things} shine before and after {events}",
            "what {things} tell about the epoch of first light",
            "the heavy elements that {things} return to interstellar space",
            "whether {things} host rocky worlds",
            "the dynamical past of {things} in the Galactic halo",
        ),
        findings=(
            "The source lies at {n} kpc, further out than thought",
            "Dust, and not a central engine, explains the infrared glow",
            "The orbit of the innermost body is polar",
        ),
    ),
    "cond-mat": Speech(
        asks=(
            "the broken symmetry that sets in for {things} upon cooling",
            "how electrons and vibrations share heat in {things}",
            "glassy arrest in {things}",
            "what protects edge transport in {things} from {events}",
            "the stiffness of {things} near the onset of rigidity",
            "a superconducting state of {things} under strain",
        ),
        findings=(
            "The dome of the paired state ends at {n} GPa",
            "The quasiparticles are long-lived up to {n} K",
            "Universality is that of the three-dimensional XY class",
        ),
    ),
    "cs.LG": Speech(
        asks=(
            "transfer of what was learnt on {data} to new {things}",
            "how gradient descent finds features of {events}",
            "the price in accuracy of making a network for {quantity} fair",
            "self-supervised objectives for {data}",
            "when a policy learnt from logged {data} beats the one that logged them",
            "the calibration of deep networks that forecast {quantity} off distribution",
        ),
        findings=(
            "Zero-shot performance matches that of a supervised network",
            "Scaling the batch by {n} leaves the learning curve unchanged",
            "Most of the layers can be pruned without a drop on the benchmark",
        ),
    ),
    "econ": Speech(
        asks=(
            "how much {things} would pay to avoid {events}",
            "labour supply of {things} after {events}",
            "market power among {things} and the rents it creates",
            "whether information about {quantity} changes what {things} buy",
            "the distribution of income between {things} and the rest of society",
            "trade-offs that a regulator of {things} faces",
        ),
        findings=(
            "The reform raises employment by {pct} in the treated regions",
            "Prices fall, yet welfare does not improve for late adopters",
            "The marginal dollar of aid yields {small} dollars of output",
        ),
    ),
    "eess": Speech(
        asks=(
            "a beamformer for {things} with one-bit converters",
            "state estimation of {quantity} from delayed {data}",
            "how to denoise {data} on board with little memory",
            "the spectral efficiency of {things} in crowded bands",
            "power electronics that ride through {events}",
            "clock synchronisation among {things} in the face of {events}",
        ),
        findings=(
            "The field-programmable gate array runs at {n} MHz",
            "Outage probability is {small} at a signal-to-noise ratio of {n} dB",
            "The feedback law needs no more than {n} bits per update",
        ),
    ),
    "math": Speech(
        asks=(
            "global well-posedness of a nonlocal flow inspired by {things}",
            "asymptotics of a determinant that counts {events}",
            "a rigidity theorem for manifolds on which {quantity} is constant",
            "homogenisation of an elliptic problem with coefficients given by {things}",
            "moduli of bundles suggested by symmetries of {things}",
            "an ergodic theorem for processes that abstract {events}",
        ),
        findings=(
            "We prove the bound {tex} and exhibit an extremal function",
            "The argument combines a compactness lemma with induction on genus",
            "Uniqueness is lost in the supercritical regime",
        ),
    ),
    "physics.bio-ph": Speech(
        asks=(
            "the mechanics by which {things} hold together in tissue",
            "energy landscapes along which {events} proceed in vivo",
            "how cytoplasmic flow carries {things}",
            "stochastic thermodynamics of {events} in biomolecules",
            "how living {things} buckle and fold under load",
            "the swimming and crawling gaits that friction allows biological {things}",
        ),
        findings=(
            "The barrier of {n} $k_B T$ is lowered by crowding",
            "The filament yields at {n} pN and heals within {small} s",
            "Motility stops where viscosity exceeds that of mucus",
        ),
    ),
    "q-bio": Speech(
        asks=(
            "what switches {events} on during the life of an organism",
            "the genetic basis of variation in {quantity}",
            "how predators and prey keep {things} in check",
            "convergent adaptation of {things} in island species",
            "molecular interactions through which {things} cause illness",
            "the ecological niche that {things} occupy",
        ),
        findings=(
            "A single receptor, absent in plants, mediates the effect",
            "Offspring inherit the trait from the mother only",
            "The wild relatives carry {n} further haplotypes",
        ),
    ),
    "q-fin": Speech(
        asks=(
            "fair values of structured products that pay out on {events}",
            "replication of claims contingent on {quantity}",
            "how traders unwind positions in {things}",
            "systemic contagion among lenders through {events}",
            "the term structure of compensation for exposure to {things}",
            "asset allocation for a fund that owns {things}",
        ),
        findings=(
            "The replication error is {n} cents per contract",
            "Collateral requirements double in stressed weeks",
            "Alpha disappears once borrowing fees are charged",
        ),
    ),
    "stat": Speech(
        asks=(
            "uncertainty statements about {quantity} that hold in finite samples",
            "imputation of missing {data} without distorting variances",
            "a likelihood-free way to compare hypotheses on {events}",
            "shrinkage of many noisy estimates of {quantity} at once",
            "the power of permutation procedures for {data} with ties",
            "sensitivity of inference on {quantity} to unmeasured confounding",
        ),
        findings=(
            "The mean squared error is {small} times that of maximum likelihood",
            "The credible sets contract at the minimax rate {tex}",
            "Type I error stays below {pct} for every sample size tried",
        ),
    ),
    "hep-lat": Speech(
        asks=(
            "nucleon form factors with dynamical {things}",
            "the hot quark medium at non-zero baryon density from {data}",
        ),
        findings=("The result for the strong coupling is {small}",),
    ),
    "nlin": Speech(
        asks=(
            "rogue waves and pattern formation in {things}",
            "phase locking and its loss in rings of {things}",
        ),
        findings=("The limit cycle is born in a saddle-node collision",),
    ),
}
"""What the fields ask in test alone."""
