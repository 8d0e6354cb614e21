"""What to do with a use case of `kind: evaluation` where a verb is for models; {name} is its name."""

ANSWERS = "its system answers elsewhere: `goldsmith run {name} --set results.path=FILE` judges what it found"
FIGURES = (
    "`goldsmith evaluate-extraction --results FILE --goldens FILE` gives figures, and `goldsmith run "
    "{name} --set results.path=FILE` judges and registers them"
)
COMPARED = (
    "`goldsmith run {name} --set results.path=FILE` and `goldsmith promote {name}@VERSION` hold results "
    "against the accepted ones, and `goldsmith show {name}` has the figure of every version"
)
JUDGED_AGAIN = (
    "`goldsmith show {name}@VERSION --json` has its passport, and `goldsmith run {name} --set "
    "results.path=FILE` judges the same results again"
)
FILES = "name the file: --path FILE --format fields, for a use case has two sides"
POWER = "`goldsmith run {name}` says in its reason what difference its goldens can detect"
VERSIONED = (
    "keep results and goldens by `dvc add PATH` and git: a run pulls what lies behind a pointer"
)
