#!/bin/sh
# Makes qpdf_packed.pdf and qpdf_locked.pdf from reportlab.pdf with qpdf.
set -eu
qpdf --deterministic-id --object-streams=generate --linearize "$1/reportlab.pdf" "$1/qpdf_packed.pdf"
qpdf --static-id --static-aes-iv --encrypt "" owner 256 --modify=form --extract=n --print=full -- \
    "$1/reportlab.pdf" "$1/qpdf_locked.pdf"
