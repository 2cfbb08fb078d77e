"""The house's own control body: a sheet that gives its code has its name and address from the profile."""

from __future__ import annotations

from dataclasses import replace

from certgen.consignment import Consignment, ControlBody
from certgen.findings import Finding, make_finding_at
from certgen.forms.model import Form
from certgen.profile import Issuer

_PARTS = ("name", "address")


def complete_own_body(
    consignment: Consignment, form: Form, issuer: Issuer | None
) -> tuple[Consignment, list[Finding]]:
    """Name and address of the control body that issues, where the sheet leaves them open; with a note."""
    if issuer is None or not any(f"control_bodies.{part}" in form.required for part in _PARTS):
        return consignment, []
    bodies = tuple(_completed(body, issuer) for body in consignment.control_bodies)
    findings = [
        make_finding_at(
            consignment, f"control_bodies.{place}.code", "CG426", body=body.code, name=issuer.name
        )
        for place, (given, body) in enumerate(zip(consignment.control_bodies, bodies, strict=True))
        if given != body
    ]
    return replace(consignment, control_bodies=bodies), findings


def _completed(body: ControlBody, issuer: Issuer) -> ControlBody:
    if body.code not in issuer.codes:
        return body
    return replace(body, name=body.name or issuer.name, address=body.address or issuer.address)
