"""Systems and tasks of an invented company's help pages, and how people ask for them."""

from typing import NamedTuple


class System(NamedTuple):
    """A system: its name on the pages, what it is, and what people call it who ask."""

    name: str
    what: str
    asked: tuple[str, ...]
    asked_heldout: tuple[str, ...]


class Task(NamedTuple):
    """A task: its heading, the steps of its page, and how people ask for it; {s} is the system."""

    heading: str
    steps: tuple[str, ...]
    asked: tuple[str, ...]
    asked_heldout: tuple[str, ...]


SYSTEMS = (
    System("Halyard", "books travel and hotels", ("the flight booking site", "the travel tool"), ("the thing we book trips with",)),
    System("Pennant", "pays back expenses", ("the expenses portal", "the reimbursement site"), ("where I claim back what I spent",)),
    System("Larder", "keeps source code", ("the code repository", "our git server"), ("where developers keep their programs",)),
    System("Quill", "signs contracts", ("the e-signature service", "the contract tool"), ("the app for signing agreements",)),
    System("Beacon", "raises alarms when servers fail", ("the monitoring console", "the alerting system"), ("what wakes us when a machine is down",)),
    System("Satchel", "shares files", ("the shared drive", "the document store"), ("the place where our team puts its files",)),
    System("Tally", "records working hours", ("the timesheet", "the hours tracker"), ("where I write down how long I worked",)),
    System("Foyer", "admits visitors to the buildings", ("the door badge system", "the visitor desk"), ("what opens the gates at the entrance",)),
    System("Mosaic", "shows figures in dashboards", ("the reporting tool", "the charts site"), ("where the sales graphs are",)),
    System("Lantern", "offers courses", ("the training catalogue", "the learning platform"), ("the site with our lessons",)),
    System("Ferry", "sends parcels", ("the shipping desk tool", "the courier form"), ("how we post boxes to customers",)),
    System("Chime", "connects telephone calls", ("the phone software", "the call client"), ("what I ring people with from my laptop",)),
)  # fmt: skip

TASKS = (
    Task(
        "Recover your credentials",
        ("Choose Recover on the first page.", "A link is sent to your manager, who confirms it within two hours.", "Set a phrase of at least fourteen characters."),
        ("I forgot my password for {s}", "how do I reset my login for {s}", "locked out of {s}"),
        ("can't get in to {s} any more, what now",),
    ),
    Task(
        "Ask for a licence",
        ("Open a request of the kind Seat.", "Name your cost centre and the end date.", "Procurement assigns one within three working days."),
        ("how do I get access to {s}", "who gives me an account on {s}", "I need a seat in {s}"),
        ("a new starter should be able to use {s}",),
    ),
    Task(
        "Withdraw a colleague's rights",
        ("The owner of the team opens Members.", "Remove the person on the last working day.", "What they left behind goes to their manager."),
        ("remove someone who left from {s}", "how to revoke a user in {s}", "an ex-employee is still in {s}"),
        ("somebody quit, how do I take them off {s}",),
    ),
    Task(
        "Announced outages",
        ("Maintenance is on the second Sunday of a month from 04:00 to 08:00.", "The status page says what is affected.", "Nothing that was entered before is lost."),
        ("when is {s} down", "planned downtime of {s}", "is there maintenance on {s}"),
        ("on which days can't we use {s}",),
    ),
    Task(
        "Second factor",
        ("Register two devices in your profile.", "A code is asked for once a day.", "Without a telephone ask for a hardware key."),
        ("set up two-step verification in {s}", "authenticator app for {s}", "how do I enable MFA for {s}"),
        ("{s} wants a code from my mobile",),
    ),
    Task(
        "Retention of records",
        ("Entries are kept for seven years.", "Drafts go after ninety days.", "An earlier erasure needs the data protection officer."),
        ("how long does {s} store my data", "when are old items in {s} deleted", "data deletion in {s}"),
        ("does {s} ever throw away what I put in",),
    ),
    Task(
        "Export to a spreadsheet",
        ("Choose the range and press Extract.", "Up to fifty thousand rows are written as CSV.", "Larger ones arrive by mail over night."),
        ("download data from {s} to Excel", "get a csv out of {s}", "can I export from {s}"),
        ("I want the contents of {s} as a table on my computer",),
    ),
    Task(
        "Report a defect",
        ("Note the time and the number that the message shows.", "Open an incident of the kind Fault.", "The service team answers within four hours."),
        ("{s} shows an error", "{s} is not working", "something is broken in {s}, who helps"),
        ("{s} keeps crashing on me",),
    ),
    Task(
        "Delegate during absence",
        ("Name a deputy under Away.", "The deputy sees what waits for you and nothing older.", "The delegation ends by itself after thirty days."),
        ("let someone stand in for me in {s} while on holiday", "vacation substitute in {s}", "hand over my tasks in {s}"),
        ("I'm off next week, who does my part of {s}",),
    ),
    Task(
        "Notifications",
        ("Under Profile choose which events are mailed.", "A digest comes at 07:00.", "Urgent ones cannot be switched off."),
        ("turn off emails from {s}", "too many messages from {s}", "change alerts of {s}"),
        ("{s} fills up my inbox",),
    ),
)  # fmt: skip
