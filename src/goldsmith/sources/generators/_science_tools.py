"""Methods that papers of all fields use, by the field they come from, and the numbers they report.

A method is a plural or has no article, so that it fits behind "using" and heads a title.
"""

from collections.abc import Callable, Mapping
from random import Random

TRAIN_TOOLS: Mapping[str, tuple[str, ...]] = {
    "astro-ph": ("N-body codes", "aperture photometry", "spectral line fitting",
                 "adaptive optics imaging"),
    "cond-mat": ("density functional theory (DFT)", "tensor networks", "mean-field theory",
                 "the renormalisation group"),
    "cs.LG": ("graph neural networks (GNNs)", "random forests", "variational autoencoders",
              "deep reinforcement learning", "transformers with sparse attention"),
    "econ": ("instrumental variables", "difference-in-differences designs", "game theory",
             "general equilibrium modelling"),
    "eess": ("Kalman filtering", "compressed sensing", "the short-time Fourier transform (STFT)",
             "model predictive control"),
    "math": ("optimal transport", "spectral graph theory", "persistent homology",
             "viscosity solutions", "random matrix theory"),
    "physics.bio-ph": ("Langevin dynamics", "optical tweezers", "coarse-grained simulations"),
    "q-bio": ("phylogenetic trees", "gene set enrichment", "compartment models",
              "genome-wide association scans"),
    "q-fin": ("stochastic volatility models", "copulas", "mean-variance optimisation"),
    "stat": ("hierarchical Bayesian models", "the bootstrap", "Markov chain Monte Carlo (MCMC)",
             "generalised additive models", "propensity scores"),
}  # fmt: skip
"""Methods by home field."""

VALIDATION_TOOLS: Mapping[str, tuple[str, ...]] = {
    "astro-ph": ("difference imaging",),
    "cond-mat": ("exact diagonalisation",),
    "cs.LG": ("gradient boosting", "contrastive learning"),
    "econ": ("regression discontinuity designs",),
    "eess": ("Wiener filtering",),
    "math": ("homotopy methods",),
    "physics.bio-ph": ("dissipative particle dynamics",),
    "q-bio": ("agent-based population models",),
    "q-fin": ("jump-diffusion models",),
    "stat": ("empirical Bayes",),
}
"""Methods that validation alone uses."""

TEST_TOOLS: Mapping[str, tuple[str, ...]] = {
    "astro-ph": ("Lomb-Scargle periodograms", "ray-traced lens models"),
    "cond-mat": ("dynamical mean-field theory (DMFT)", "transfer matrices"),
    "cs.LG": ("diffusion models", "large language models (LLMs)", "mixtures of experts"),
    "econ": ("mechanism design", "synthetic control groups"),
    "eess": ("particle filters", "sigma-delta modulation"),
    "math": ("sheaf theory", "concentration inequalities"),
    "physics.bio-ph": ("umbrella sampling", "force-clamp assays"),
    "q-bio": ("ancestral state reconstruction", "flux balance analysis"),
    "q-fin": ("rough volatility models", "hidden order imputation"),
    "stat": ("conformal prediction", "sequential Monte Carlo (SMC)", "splines with knots"),
}
"""Methods that test alone uses."""


def _tex(draw: Random) -> str:
    power, small = draw.randint(2, 9), draw.randint(1, 9)
    return draw.choice(
        (
            r"$\mathcal{O}(n \log n)$",
            rf"$n^{{-{small}/{power}}}$",
            rf"$\alpha = 0.{small}{power}$",
            rf"$\lambda \sim 10^{{-{power}}}$",
            rf"$\|u\|_{{L^{power}}} \leq {small}\,C$",
            rf"$\Delta x / \epsilon_{power} = {small}.{power}$",
            rf"$\beta_{small} \approx {power}.{small}$",
        )
    )


NUMBERS: Mapping[str, Callable[[Random], str]] = {
    "pct": lambda draw: f"{draw.randint(11, 989) / 10:.1f}" + draw.choice(("%", r"\%", "%")),
    "n": lambda draw: str(draw.randint(2, draw.choice((12, 60, 400)))),
    "many": lambda draw: f"{draw.randint(1, 900) * draw.choice((10, 100, 1000)):,}",
    "small": lambda draw: f"{draw.randint(2, 980) / 100:.2f}",
    "digit": lambda draw: draw.choice(("two", "three", "four", "five", "six")),
    "year": lambda draw: str(draw.randint(1996, 2024)),
    "sigma": lambda draw: rf"${draw.randint(20, 80) / 10:.1f}\sigma$",
    "tex": _tex,
}
"""Makers of numbers and of LaTeX, by slot."""
