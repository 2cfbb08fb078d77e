"""From workbooks to certificates: the steps in their order."""

from __future__ import annotations

from certgen.pipeline.auditing import AuditReport, audit_register
from certgen.pipeline.exporting import export_register, export_status_list
from certgen.pipeline.extracting import Split, extract_certificate
from certgen.pipeline.goods_labels import LabelOrder
from certgen.pipeline.label_printing import LabelsPrinted, find_stock, print_goods_labels
from certgen.pipeline.labelling import LabelOutcome, check_labels
from certgen.pipeline.merging import merge_certificates
from certgen.pipeline.order import CertificateResult, Order, Outcome, Surroundings
from certgen.pipeline.press import Press, Printed, Printer, paper_as_json, paper_from_json
from certgen.pipeline.replacing import replace_certificate
from certgen.pipeline.reproducing import Reproduced, reproduce
from certgen.pipeline.restoring import Restored, restore_register
from certgen.pipeline.routes import Elsewhere, Route, Routes
from certgen.pipeline.routing import route
from certgen.pipeline.run import check, fill, register_url
from certgen.pipeline.verifying import Verdict, Verification, verify

__all__ = [
    "AuditReport",
    "CertificateResult",
    "Elsewhere",
    "LabelOrder",
    "LabelOutcome",
    "LabelsPrinted",
    "Order",
    "Outcome",
    "Press",
    "Printed",
    "Printer",
    "Reproduced",
    "Restored",
    "Route",
    "Routes",
    "Split",
    "Surroundings",
    "Verdict",
    "Verification",
    "audit_register",
    "check",
    "check_labels",
    "export_register",
    "export_status_list",
    "extract_certificate",
    "fill",
    "find_stock",
    "merge_certificates",
    "paper_as_json",
    "paper_from_json",
    "print_goods_labels",
    "register_url",
    "replace_certificate",
    "reproduce",
    "restore_register",
    "route",
    "verify",
]
