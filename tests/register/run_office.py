"""An office at work, run as a program: reserves and issues against one register until done or killed."""

from __future__ import annotations

import sys
import time
from datetime import UTC, date, datetime

from certgen.register import CertificateKey, Done, Request, is_alive, open_register, this_owner


def request(reference: str) -> Request:
    return Request(
        key=CertificateKey("CA-ORG-006", "coi", "red river", reference),
        pattern="COI.CA-ORG-006.2026.{number:07}",
        issue_date=date(2026, 3, 2),
        edition="2023",
        form_hash="f",
        fingerprint="a",
        paper="{}" * 1000,
        input_sha256="b",
        workbook="shipment.xlsx",
        output_name="{serial}.pdf",
        output_folder="/certificates",
    )


def main(url: str, task: str, rounds: int, group_size: int) -> None:
    """`task` names the consignments; one that begins with `stall` stops between reserve and issue."""
    owner = this_owner("certgen fill", "0.1.0")
    with open_register(url) as register:
        now = datetime.now(UTC)
        adopted = register.adopt_abandoned(owner, now, is_alive)
        register.issue(
            [Done(record.serial, record.serial.encode() * 500, 2) for record in adopted], owner, now
        )
        for turn in range(rounds):
            references = [f"{task}-{turn}-{line}" for line in range(group_size - 1)] + [f"shared-{turn}"]
            records = register.reserve([request(each) for each in references], owner, now, 600)
            sys.stdout.write(" ".join(record.serial for record in records) + "\n")
            sys.stdout.flush()
            if task.startswith("stall"):
                time.sleep(60)
            mine = [record for record in records if record.owner == owner]
            done = [Done(record.serial, record.serial.encode() * 500, 2) for record in mine]
            register.issue(done, owner, now)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
