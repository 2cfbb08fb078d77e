"""From workbooks to certificates: the steps in their order."""

from __future__ import annotations

from certgen.pipeline.issued.auditing import AuditReport, audit_register
from certgen.pipeline.issued.exporting import export_register, export_status_list
from certgen.pipeline.issued.extracting import Split, extract_certificate
from certgen.pipeline.issued.replacing import replace_certificate
from certgen.pipeline.issued.reproducing import Reproduced, reproduce
from certgen.pipeline.issued.restoring import Restored, restore_register
from certgen.pipeline.issued.sealing import seal_certificate
from certgen.pipeline.issued.verifying import Verdict, Verification, verify
from certgen.pipeline.labels.checking import LabelOutcome, check_labels
from certgen.pipeline.labels.goods import LabelOrder
from certgen.pipeline.labels.printing import LabelsPrinted, find_stock, print_goods_labels
from certgen.pipeline.meanings import require_fields
from certgen.pipeline.merging import merge_certificates
from certgen.pipeline.order import CertificateResult, Order, Outcome, Surroundings, ignore_progress
from certgen.pipeline.press import Press, Printed, Printer, paper_as_json, paper_from_json
from certgen.pipeline.run import check, fill, register_url
from certgen.pipeline.trade.routes import Elsewhere, Route, Routes
from certgen.pipeline.trade.routing import route

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
    "ignore_progress",
    "merge_certificates",
    "paper_as_json",
    "paper_from_json",
    "print_goods_labels",
    "register_url",
    "replace_certificate",
    "reproduce",
    "require_fields",
    "restore_register",
    "route",
    "seal_certificate",
    "verify",
]
