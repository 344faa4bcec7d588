"""The partnership file: YAML that is read, checked and turned into frozen values; a fault names its line."""

from lifbot.partnership_file.faults import FaultyFile
from lifbot.partnership_file.reading import read
from lifbot.partnership_file.unsaid import brought, undecided, unsaid
from lifbot.partnership_file.values import (
    AgencyEntry,
    BoardEntry,
    GroupEntry,
    MeetingRule,
    PartnershipEntry,
    PartnershipFile,
    PersonEntry,
)
from lifbot.partnership_file.writing import write

__all__ = [
    "AgencyEntry",
    "BoardEntry",
    "FaultyFile",
    "GroupEntry",
    "MeetingRule",
    "PartnershipEntry",
    "PartnershipFile",
    "PersonEntry",
    "brought",
    "read",
    "undecided",
    "unsaid",
    "write",
]
