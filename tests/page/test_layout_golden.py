"""Layouts a person can review: the same papers lie the same way as when somebody last looked at them.

After a wanted change delete the files of `golden/` that changed and run this: each is written anew, and its
test fails once so that somebody reads the difference and looks at the pages.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from certgen.page.layout.certificate import Layout, lay_out

GOLDEN = Path(__file__).parent / "golden"

FERRY = {
    "transport": {
        "modes": ["vessel", "road"],
        "vessels": ["Stena Adventurer"],
        "road_plate": "191-D-2044",
        "trailer_plate": "TR 8841",
        "documents": ["CMR 884120"],
    }
}
SCRIPTS = {
    "exporter": {"name": "Łąka Żytnia sp. z o.o.", "address": "ul. Świętokrzyska 12\n90-001 Łódź"},
    "importer": {"name": "Ελαιώνες Καλαμάτας Α.Ε.", "address": "Οδός Αριστομένους 4\n24100 Καλαμάτα"},
    "first_consignee": {"name": "Công ty Hữu Cơ Đắk Lắk", "address": "12 Nguyễn Tất Thành\nBuôn Ma Thuột"},
    "producers": [
        {"name": "Органічний лан", "address": "вул. Хлібна 7\nПолтава"},
        {"name": "Öğütülmüş İğdır Gıda A.Ş.", "address": "Şişli Caddesi 3\nIğdır"},
    ],
}
CJK = {
    "exporter": {
        "name": "한살림유기농식품 주식회사 (Hansalim Organic)",
        "address": "경기도 안성시 미양면 안성맞춤대로 474-12 유기농산물유통센터 3층\n17601 대한민국",
    },
    "importer": {
        "name": "株式会社やまなみ有機農産物輸入センター",
        "address": (
            "〒107-0052 東京都港区赤坂一丁目２番３号 やまなみビル㈱「みどり」館4階、輸入部・品質管理課気付\n"
            "𠮷田 次郎 様"
        ),
        "eori": "GB123456789000",
    },
    "producers": [
        {"name": "北京绿色田野有机农业发展有限公司", "address": "北京市海淀区中关村南大街12号院5号楼"},
        {"name": "臺灣有機農業股份有限公司", "address": "臺北市中正區忠孝東路一段１號"},
    ],
    "products": [
        {
            "cn_code": "07134000",
            "trade_name": "有機レンズ豆（赤）カナダ産・脱皮済み、二つ割り Organic red lentils",
            "lots": ["赤豆-2026-0147"],
            "packages": {"count": 880, "kind": "bags"},
            "net_mass": {"amount": "22000", "unit": "kg"},
        }
    ],
}


def papers(make_paper: Any, many_lines: Any, shipment: dict[str, Any]) -> dict[str, Any]:
    return {
        "plain": make_paper(),
        "draft": make_paper({"issuing_body": {"code": "CA-ORG-006"}}, serial="", is_draft=True),
        "ferry": make_paper(FERRY),
        "scripts": make_paper(SCRIPTS),
        "hundred_lines": make_paper(many_lines(100)),
        "cjk": make_paper(CJK),
        "five_producers": make_paper({"producers": (shipment["producers"] * 3)[:5]}),
    }


NAMES = ("plain", "draft", "ferry", "scripts", "cjk", "hundred_lines", "five_producers")


def describe(layout: Layout) -> dict[str, Any]:
    """A layout as short lines: what, where (millimetres), how large, in which face."""
    document = layout.document
    return {
        "serial": document.serial,
        "notice": document.notice,
        "findings": [finding.message for finding in layout.findings],
        "pages": [
            {
                "form_page": page.form_page,
                "text": [describe_run(run) for run in page.runs],
                "ticks": [f"{tick.box}: {tick.label}" for tick in page.ticks],
                "strokes": len(page.strokes),
                "tables": [len(table.rows) for table in page.tables],
            }
            for page in document.pages
        ],
        "asked": len(list(document.each_asked())),
    }


def describe_run(run: Any) -> str:
    where = f"{run.x_mm:.1f},{run.y_mm:.1f}"
    return f"[{run.box or '-'}] {where} {run.size_pt:g}pt {run.face} {run.ink} | {run.text}"


def describe_frame(frame: Any) -> str:
    return f"{frame.x_mm:g},{frame.y_mm:g} {frame.width_mm:g} × {frame.height_mm:g}"


def as_json(data: Any) -> str:
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def hold_against(written: str, golden: Path) -> None:
    if not golden.exists():
        golden.write_text(written, encoding="utf-8")
        pytest.fail(f"{golden.name} was not there and is written anew: read it, then run this again")
    assert written == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_the_layout_is_as_reviewed(name, plan, make_paper, many_lines, shipment):
    layout = lay_out(plan, papers(make_paper, many_lines, shipment)[name])
    hold_against(as_json(describe(layout)), GOLDEN / f"{name}.json")


def test_what_the_form_always_prints_is_as_reviewed(plan):
    pages = [
        {
            "text": [describe_run(run) for run in page.runs],
            "boxes": [f"{number}: {describe_frame(frame)}" for number, frame in page.outlines],
            "squares": [f"{square.box}: {square.label} {square.field}".strip() for square in page.squares],
            "fields": [f"{field.name} ({field.kind}) {describe_frame(field.frame)}" for field in page.fields],
            "strokes": len(page.strokes),
        }
        for page in plan.static
    ]
    hold_against(as_json(pages), GOLDEN / "form.json")
