"""What papers are about, whatever they ask of it: the objects that several fields share."""

from collections.abc import Mapping
from typing import NamedTuple


class Theme(NamedTuple):
    """Words for one subject matter; a paper of any field that looks at it uses them.

    `things`, `data` and `events` are plurals, `quantity` singulars with their article, so that
    they fit every wording.
    """

    things: tuple[str, ...]
    quantity: tuple[str, ...]
    data: tuple[str, ...]
    events: tuple[str, ...]


TRAIN_THEMES: Mapping[str, Theme] = {
    "stars": Theme(
        things=("red giants", "cool dwarf stars", "close binaries", "young stellar discs",
                "pulsating variables", "transiting planets"),
        quantity=("the rotation period", "the orbital eccentricity", "the surface temperature",
                    "the metal abundance", "the radial velocity"),
        data=("light curves", "echelle spectra", "radial velocity series", "photometric plates"),
        events=("flares", "transits", "outbursts", "eclipses", "pulsations"),
    ),
    "cosmos": Theme(
        things=("dwarf galaxies", "galaxy clusters", "cosmic voids", "dark matter haloes",
                "quasars", "globular clusters"),
        quantity=("the matter power spectrum", "the redshift", "the halo mass",
                    "the lensing shear", "the expansion rate"),
        data=("redshift catalogues", "sky maps", "lensing images", "N-body snapshots"),
        events=("mergers", "supernovae", "gamma-ray bursts", "tidal encounters"),
    ),
    "genomes": Theme(
        things=("bacterial genomes", "barley varieties", "cichlid lineages", "regulatory regions",
                "transposable elements", "yeast hybrids"),
        quantity=("the mutation rate", "the recombination rate", "the heritability",
                    "the expression level", "the allele frequency"),
        data=("short reads", "genotype arrays", "single-cell counts", "sequence alignments"),
        events=("duplications", "substitutions", "introgressions", "copy losses"),
    ),
    "cells": Theme(
        things=("migrating fibroblasts", "bacterial colonies", "muscle fibres", "cell membranes",
                "molecular motors", "epithelial sheets"),
        quantity=("the membrane tension", "the division time", "the swimming speed",
                    "the cortical stiffness", "the adhesion strength"),
        data=("traction maps", "time-lapse films", "optical trap recordings", "cell tracks"),
        events=("divisions", "protrusions", "detachments", "blebs"),
    ),
    "neurons": Theme(
        things=("cortical circuits", "retinal ganglion cells", "hippocampal slices",
                "songbird motor nuclei", "spinal networks"),
        quantity=("the firing rate", "the synaptic weight", "the response latency",
                    "the membrane potential", "the oscillation phase"),
        data=("spike trains", "electrode recordings", "calcium traces", "EEG montages"),
        events=("spikes", "seizures", "ripples", "synaptic bursts"),
    ),
    "epidemics": Theme(
        things=("measles outbreaks", "contact networks", "vaccinated herds", "dengue districts",
                "hospital wards"),
        quantity=("the reproduction number", "the infection rate", "the incubation period",
                    "the case fatality", "the vaccine coverage"),
        data=("case reports", "contact diaries", "serological surveys", "admission records"),
        events=("infections", "school closures", "superspreading days", "reinfections"),
    ),
    "markets": Theme(
        things=("stock options", "corporate bonds", "currency pairs", "mutual funds",
                "limit order books", "commodity futures"),
        quantity=("the volatility", "the bid-ask spread", "the default probability",
                    "the trading volume", "the yield curve"),
        data=("tick records", "daily returns", "option quotes", "fund holdings"),
        events=("price jumps", "defaults", "crashes", "margin calls"),
    ),
    "households": Theme(
        things=("rural households", "job seekers", "first-time buyers", "small firms",
                "single parents", "apprentices"),
        quantity=("the hourly wage", "the savings rate", "the unemployment spell",
                    "the mortgage debt", "the school attainment"),
        data=("tax registers", "panel surveys", "payroll records", "spending diaries"),
        events=("layoffs", "moves", "rent increases", "job offers"),
    ),
    "grids": Theme(
        things=("wind farms", "rooftop solar units", "power lines", "battery fleets",
                "district substations", "electric vehicle chargers"),
        quantity=("the line load", "the electricity demand", "the grid frequency",
                    "the reserve margin", "the spot price of power"),
        data=("smart meter readings", "phasor measurements", "outage logs", "dispatch schedules"),
        events=("outages", "voltage dips", "demand peaks", "line trips"),
    ),
    "signals": Theme(
        things=("antenna arrays", "underwater sensors", "radar echoes", "hearing aids",
                "satellite links", "speech streams"),
        quantity=("the channel gain", "the arrival angle", "the noise floor", "the carrier phase",
                    "the signal bandwidth"),
        data=("pilot sequences", "microphone recordings", "baseband samples", "radar frames"),
        events=("packet losses", "fades", "interference bursts", "handovers"),
    ),
    "crystals": Theme(
        things=("layered oxides", "twisted bilayers", "perovskite films", "frustrated magnets",
                "heavy-fermion compounds", "semiconductor wires"),
        quantity=("the band gap", "the spin susceptibility", "the carrier mobility",
                    "the lattice constant", "the thermal conductivity"),
        data=("neutron scattering maps", "tunnelling spectra", "diffraction patterns",
              "resistivity curves"),
        events=("spin flips", "charge-density waves", "dislocations", "phonon excitations"),
    ),
    "soft": Theme(
        things=("colloidal gels", "lipid vesicles", "granular packings", "polymer brushes",
                "active filaments", "foams"),
        quantity=("the shear modulus", "the packing fraction", "the bending rigidity",
                    "the relaxation time", "the osmotic pressure"),
        data=("confocal stacks", "rheometer curves", "particle trajectories", "scattering images"),
        events=("avalanches", "bubble collapses", "bond ruptures", "buckling instabilities"),
    ),
    "lattice": Theme(
        things=("gauge configurations", "staggered fermions", "spin chains", "flux tubes",
                "domain walls"),
        quantity=("the string tension", "the topological charge", "the correlation length",
                    "the plaquette average", "the mass gap"),
        data=("Monte Carlo ensembles", "correlator tables", "lattice snapshots"),
        events=("instantons", "vortex crossings", "autocorrelation slowdowns"),
    ),
}  # fmt: skip
"""The subject matters as training knows them."""

VALIDATION_THEMES: Mapping[str, Theme] = {
    "stars": Theme(("brown dwarfs", "hot Jupiters"), ("the limb darkening", "the spin axis tilt"),
                   ("photometric time series", "polarimetric scans"), ("starspot crossings",)),
    "cosmos": Theme(("spiral galaxies", "radio lobes"), ("the bulk flow", "the stellar mass"),
                    ("survey mosaics", "peculiar velocity lists"), ("jet ejections",)),
    "genomes": Theme(("maize inbreds", "viral quasispecies"), ("the linkage distance",),
                     ("long reads", "methylation arrays"), ("inversions", "gene conversions")),
    "cells": Theme(("keratocytes", "kinesin teams"), ("the actin density", "the pulling force"),
                   ("kymographs", "micropipette records"), ("stall events",)),
    "neurons": Theme(("cerebellar granule cells", "locust antennal lobes"), ("the tuning width",),
                     ("patch-clamp sweeps", "field potentials"), ("spindles", "up states")),
    "epidemics": Theme(("influenza seasons", "care homes"), ("the serial interval",),
                       ("sentinel counts", "test registries"), ("import cases", "relapses")),
    "markets": Theme(("index trackers", "catastrophe bonds"), ("the drawdown", "the repo rate"),
                     ("trade reports", "dealer quotes"), ("short squeezes",)),
    "households": Theme(("seasonal workers", "tenants"), ("the replacement income",),
                        ("census samples", "benefit files"), ("evictions", "promotions")),
    "grids": Theme(("heat pumps", "tidal plants"), ("the ramp rate", "the transformer load"),
                   ("relay records", "tariff tables"), ("brownouts",)),
    "signals": Theme(("optical fibres", "passive tags"), ("the delay spread", "the pulse shape"),
                     ("echo recordings", "constellation samples"), ("burst errors",)),
    "crystals": Theme(("pyrochlores", "van der Waals layers"), ("the exchange coupling",),
                      ("X-ray maps", "magnetisation loops"), ("quenches", "vacancies")),
    "soft": Theme(("emulsions", "liquid crystal drops"), ("the yield stress", "the wetting angle"),
                  ("light scattering runs", "tracer films"), ("coalescences",)),
    "lattice": Theme(("Wilson loops", "clock models"), ("the chiral condensate",),
                     ("ensembles of configurations", "cooled snapshots"), ("tunnelling moves",)),
}  # fmt: skip
"""The subject matters in words that validation alone uses."""

TEST_THEMES: Mapping[str, Theme] = {
    "stars": Theme(
        ("white dwarfs", "Cepheids", "protoplanetary rings", "magnetars"),
        ("the accretion rate", "the obliquity", "the ejecta speed"),
        ("cadence photometry", "interferometric fringes"), ("glitches", "dippers", "novae")),
    "cosmos": Theme(
        ("satellite galaxies", "intergalactic filaments", "Seyfert nuclei"),
        ("the tensor-to-scalar ratio", "the gas fraction", "the ionisation history"),
        ("microwave background maps", "21-cm cubes"), ("reionisation fronts", "fly-bys")),
    "genomes": Theme(
        ("wheat landraces", "phage clusters", "enhancers", "butterfly hybrids"),
        ("the selection coefficient", "the effective population size", "the splicing ratio"),
        ("pedigree files", "nanopore runs"), ("frameshifts", "horizontal transfers")),
    "cells": Theme(
        ("amoebae", "cilia", "red blood cells", "flagellated algae"),
        ("the viscous drag", "the turgor", "the persistence length"),
        ("force spectra", "lattice light-sheet movies"), ("extrusions", "tumbles")),
    "neurons": Theme(
        ("zebrafish tecta", "olfactory glomeruli", "place cells"),
        ("the spike count", "the coupling delay", "the receptive field size"),
        ("voltage imaging runs", "tetrode sessions"), ("saccades", "replays")),
    "epidemics": Theme(
        ("cholera camps", "commuter networks", "malaria foci"),
        ("the generation time", "the attack rate", "the waning rate"),
        ("wastewater samples", "mobility traces"), ("quarantines", "spillovers")),
    "markets": Theme(
        ("credit swaps", "dark pools", "pension portfolios", "stablecoins"),
        ("the liquidity premium", "the skew", "the recovery rate"),
        ("quote streams", "clearing ledgers"), ("runs", "fire sales", "flash moves")),
    "households": Theme(
        ("gig workers", "migrant families", "retirees", "village traders"),
        ("the reservation wage", "the consumption share", "the commuting cost"),
        ("loan applications", "scanner data"), ("redundancies", "cash transfers")),
    "grids": Theme(
        ("microgrids", "pumped-storage plants", "high-voltage cables"),
        ("the reactive power", "the feed-in volume", "the system inertia"),
        ("inverter logs", "auction books"), ("cascades", "curtailments")),
    "signals": Theme(
        ("drone swarms", "ultrasound probes", "photonic receivers", "sonar buoys"),
        ("the Doppler shift", "the impulse response", "the sampling jitter"),
        ("chirp returns", "preamble captures"), ("erasures", "blockages")),
    "crystals": Theme(
        ("kagome metals", "topological insulators", "graphene stacks"),
        ("the Hall response", "the superfluid density", "the magnon gap"),
        ("photoemission maps", "quantum oscillation traces"), ("skyrmions", "twins")),
    "soft": Theme(
        ("jammed suspensions", "hydrogels", "nematic droplets"),
        ("the swelling ratio", "the loss tangent", "the contact number"),
        ("microscopy z-stacks", "creep tests"), ("fractures", "shear bands")),
    "lattice": Theme(
        ("overlap quarks", "dimer coverings", "monopole gases"),
        ("the glueball spectrum", "the spectral density", "the winding number"),
        ("thermalised ensembles", "propagator files"), ("level crossings", "freezing spells")),
}  # fmt: skip
"""The subject matters in words that test alone uses."""
