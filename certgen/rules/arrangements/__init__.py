"""The trade arrangements: which paper is owed between two countries, and which goods are within."""

from certgen.rules.arrangements.cases import TradeTrial, run_trade_cases
from certgen.rules.arrangements.house import find_house_folders
from certgen.rules.arrangements.judging import (
    Judgement,
    Owed,
    Standing,
    Told,
    Verdict,
    forms_on_lane,
    judge_trade,
)
from certgen.rules.arrangements.load import find_arrangements_folder, ids_of, load_arrangements
from certgen.rules.arrangements.model import Answer, Arrangement, Arrangements, OwedPaper, ScopeRule
from certgen.rules.arrangements.proving import arrangements_of, find_unproven

__all__ = [
    "Answer",
    "Arrangement",
    "Arrangements",
    "Judgement",
    "Owed",
    "OwedPaper",
    "ScopeRule",
    "Standing",
    "Told",
    "TradeTrial",
    "Verdict",
    "arrangements_of",
    "find_arrangements_folder",
    "find_house_folders",
    "find_unproven",
    "forms_on_lane",
    "ids_of",
    "judge_trade",
    "load_arrangements",
    "run_trade_cases",
]
