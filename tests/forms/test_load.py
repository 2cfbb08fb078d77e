"""A form folder is loaded whole or refused with everything that is wrong with it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from certgen.consignment import Consignment, Party, Product, Quantity
from certgen.errors import FormError
from certgen.forms import find_forms_root, load_form, load_forms
from certgen.forms.folder import records
from certgen.forms.folder.captions import CAPTION_WORDS
from certgen.forms.model import Form, LegalStatus, Overflow, TablePart, TextPart, TickPart
from certgen.forms.paper import Issue, Paper
from certgen.page.layout.plan import CAPTIONS
from certgen.toml_file import Record

Change = Callable[[str, str, str], Path]


def test_the_form_in_the_guide_is_a_form(guide_form: Path) -> None:
    form = load_form(guide_form)
    assert (form.id, form.legal_status, form.page_size) == ("gr-demo", LegalStatus.DOCUMENT, "A4")
    assert [box.number for box in form.boxes] == ["1", "2", "3"]
    assert form.boxes[1].paths == {"products.trade_name", "products.lots", "products.net_mass"}
    assert [rule.id for rule in form.rules] == ["GR0201"]
    assert form.boxes_showing("products.0.lots")[0].number == "2"
    assert "control_bodies" in form.codes
    assert len(form.folder_hash) == 64


def test_its_texts_print_a_paper(guide_form: Path) -> None:
    form = load_form(guide_form)
    consignment = Consignment(
        exporter=Party("Prairie Lark", "Saskatoon"),
        products=(Product(trade_name="Oats", lots=("1", "2"), net_mass=Quantity(Decimal("1.50"), "kg")),),
    )
    paper = Paper(form, form.editions[-1], consignment, Issue(issue_date=date(2026, 12, 8)))
    names = paper.names()
    table = form.boxes[1].parts[0]
    assert isinstance(table, TablePart)
    rows = table.rows.evaluate(names)
    assert [column.text.render({**names, "product": rows[0]}) for column in table.columns] == [
        "Oats\nLot 1, 2",
        "1.50 kg",
    ]
    assert table.columns[1].total is not None
    assert table.columns[1].total.render(names) == "1.50 kg"
    exporter = form.boxes[0].parts[0]
    assert isinstance(exporter, TextPart)
    assert exporter.fit.overflow is Overflow.CONTINUE
    assert exporter.text.render(names) == "Prairie Lark\nSaskatoon"


FAULTS = [
    ("form.toml", "format = 1", "format = 2", "format 2 is newer"),
    ("form.toml", "format = 1", "", "'format' is missing"),
    ("form.toml", "issued_by", "issued_from", "unknown key 'issued_from' (did you mean 'issued_by'?)"),
    ("form.toml", '"document"', '"documnet"', "legal_status"),
    ("form.toml", '"gr-demo"', '"GR demo"', "key 'id'"),
    ("form.toml", '"exporter.name"', '"exporter.nmae"', "'exporter.nmae' (did you mean 'exporter.name'?)"),
    (
        "form.toml",
        '"exporter", ',
        "",
        "'exporter.name' is required or late, but is not named among the fields",
    ),
    ("form.toml", '"products.lots", ', "", "'products.lots' is shown in box 2, but is not named"),
    ("form.toml", "{number:05}", "", "must hold {number} once"),
    ("form.toml", 'serial = "GR.', 'serial = "XX.', "must begin with 'GR.{code}.'"),
    ("form.toml", "{serial}.pdf", "certificate.pdf", "plain file name with {serial}"),
    ("form.toml", "{serial}.pdf", "../{serial}.pdf", "plain file name"),
    ("form.toml", "2026-01-01", "2026-02-01", "leaves a gap after '2024'"),
    ("form.toml", "2026-01-01", "2025-02-01", "overlaps '2024'"),
    ("form.toml", "valid_from = 2026-01-01", "", "needs valid_from"),
    ("form.toml", 'id = "2026"', 'id = "2024"', "edition '2024' stands there twice"),
    ("form.toml", "declaration =", "declaratoin =", "wording 'declaratoin' is missing in another edition"),
    (
        "form.toml",
        "[fields]",
        '[captions]\npaeg = "x"\n[fields]',
        "unknown key 'paeg' (did you mean 'page'?)",
    ),
    ("form.toml", "[fields]", '[captions]\npage = "{0.x}"\n[fields]', "page may hold {page} {pages}"),
    (
        "form.toml",
        "[fields]",
        '[defaults]\n"exporter.nam" = "x"\n[fields]',
        "(did you mean 'exporter.name'?)",
    ),
    ("form.toml", "[fields]", "[fields", "not valid TOML"),
    ("boxes.toml", "at = [12, 20, 186, 30]", "at = [12, 20, 199, 30]", "off the page of 210 x 297 mm"),
    ("boxes.toml", "at = [12, 20, 186, 30]", "at = [12, 20, 186, 31]", "overlaps box 2 [12, 50, 186, 120]"),
    ("boxes.toml", "at = [12, 20, 186, 30]", "at = [12, -1, 186, 30]", "greater than or equal to 0"),
    ("boxes.toml", "at = [2, 6, 182, 22]", "at = [2, 6, 185, 22]", "reaches out of the box"),
    ("boxes.toml", "at = [2, 16, 60, 5]", "at = [2, 13, 60, 5]", "the text at [2, 13, 60, 5] overlap"),
    ("boxes.toml", "at = [2, 6, 182, 22]", "at = [2, 6, 182, 0]", "needs a width and a height"),
    ("boxes.toml", 'number = "2"', 'number = "1"', "box 1: stands there twice"),
    ("boxes.toml", "page = 1", "page = 3", "pages are counted from 1 without gaps"),
    ("boxes.toml", "width_mm = 66", "width_mm = 67", "the columns are 187 mm wide, the table only 186 mm"),
    ("boxes.toml", 'row = "product"', 'row = "exporter"', "the name 'exporter' is taken"),
    ("boxes.toml", 'row = "product"', 'row = "number"', "the name 'number' is taken"),
    ("boxes.toml", 'rows = "products"', 'rows = "exporter"', "a row for each item of a list"),
    ("boxes.toml", "product.trade_name", "product.trade_nam", "did you mean product.trade_name?"),
    ("boxes.toml", "wording.declaration", "exporter.name", "unknown name 'exporter'"),
    ("boxes.toml", 'kind = "date"', 'kind = "dates"', "kind"),
    ("boxes.toml", 'text = "{{ exporter | block }}"', 'text = "x"\n  min_size_pt = 6.4', "6.5"),
    (
        "boxes.toml",
        'text = "{{ exporter | block }}"',
        'text = "x"\n  size_pt = 7\n  min_size_pt = 8',
        "larger than",
    ),
    ("boxes.toml", "[[box.text]]", "[[box.texts]]", "unknown key 'box.1.texts' (did you mean 'text'?)"),
    (
        "rules.toml",
        'cites = "Grain Act, section 4 (invented for this page)"',
        "",
        "'rule.1.cites' is missing",
    ),
    ("rules.toml", 'cites = "Grain', 'cites = " " # "', "cites"),
    ("rules.toml", 'field = "lots"', 'field = "lot"', "there is no field 'lot' (did you mean 'lots'?)"),
    ("rules.toml", 'each = "products"', 'each = "product"', "unknown name 'product'"),
    ("rules.toml", 'each = "products"', 'each = "exporter"', "name a list of the consignment"),
    ("rules.toml", 'box = "2"', 'box = "22"', "there is no box '22'"),
    ("rules.toml", "item.lots is empty", "items.lots is empty", "unknown name 'items'"),
    ("rules.toml", "not (item.lots is empty)", "item.cn_code | known(codes.unts)", "codes.unts is not known"),
    ("rules.toml", 'id = "GR0201"', 'id = "CG201"', "certgen's own"),
    ("rules.toml", 'severity = "error"', 'severity = "fatal"', "severity"),
]


@pytest.mark.parametrize(("name", "old", "new", "why"), FAULTS, ids=[why[:60] for *_, why in FAULTS])
def test_a_fault_is_refused_by_file_and_key(change: Change, name: str, old: str, new: str, why: str) -> None:
    with pytest.raises(FormError) as refusal:
        load_form(change(name, old, new))
    assert why in str(refusal.value)
    assert name in str(refusal.value)


def test_everything_wrong_is_told_at_once(change: Change, guide_form: Path) -> None:
    change("form.toml", '"exporter.name"', '"exporter.nmae"')
    change("boxes.toml", "product.trade_name", "product.trade_nam")
    change("boxes.toml", "at = [12, 20, 186, 30]", "at = [12, 20, 199, 30]")
    change("rules.toml", 'field = "lots"', 'field = "lot"')
    change("rules.toml", "item.trade_name", "item.trade_nam")
    with pytest.raises(FormError) as refusal:
        load_form(guide_form)
    assert len(str(refusal.value).splitlines()) == 5


def test_a_rule_or_a_field_may_not_stand_there_twice(guide_form: Path) -> None:
    for name, old, new in (("rules.toml", "", ""), ("boxes.toml", 'number = "3"', 'number = "4"')):
        path = guide_form / name
        text = path.read_text(encoding="utf-8")
        again = text[text.index('[[box]]\nnumber = "3"') :] if name == "boxes.toml" else text
        path.write_text(
            text + "\n" + again.replace(old, new).replace("page = 1", "page = 2"), encoding="utf-8"
        )
    with pytest.raises(FormError) as refusal:
        load_form(guide_form)
    assert "rule GR0201: stands there twice" in str(refusal.value)
    assert "fillable field 'box3_received_on' stands there twice" in str(refusal.value)


def test_a_tick_is_either_made_or_left(change: Change) -> None:
    tick = '[[box.tick]]\n  at = [100, 40, 40, 4]\n  label = "Yes"\n  {}\n  [[box.fill]]'
    for keys in ("", 'when = "true"\n  field = "x"'):
        folder = change("boxes.toml", "[[box.fill]]", tick.format(keys))
        with pytest.raises(FormError, match="either `when`"):
            load_form(folder)
        change("boxes.toml", tick.format(keys), "[[box.fill]]")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("box.toml", "did you mean 'boxes.toml'?"),
        ("helper.py", "no file of a form"),
        ("codes/A.CSV", "no file"),
    ],
)
def test_other_files_may_not_lie_there(guide_form: Path, name: str, why: str) -> None:
    (guide_form / name).parent.mkdir(exist_ok=True)
    (guide_form / name).write_text("", encoding="utf-8")
    with pytest.raises(FormError) as refusal:
        load_form(guide_form)
    assert why in str(refusal.value)


def test_links_may_not_lie_there(guide_form: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.md").write_text("x", encoding="utf-8")
    (guide_form / "README.md").unlink()
    (guide_form / "README.md").symlink_to(tmp_path / "elsewhere.md")
    with pytest.raises(FormError, match="is a link"):
        load_form(guide_form)


def test_a_missing_file_is_named(guide_form: Path) -> None:
    (guide_form / "rules.toml").unlink()
    with pytest.raises(FormError, match=r"rules\.toml: is missing"):
        load_form(guide_form)
    with pytest.raises(FormError, match="is not a form folder"):
        load_form(guide_form / "nowhere")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("code,name\nA,b\n", "names no source"),
        ("# source: \ncode\nA\n", "names no source"),
        ("# source: x\nname,code\nA,b\n", "first column must be headed `code`"),
        ("# source: x\ncode,The Name\nA,b\n", "must be one word"),
        ("# source: x\ncode,name\nA,b\nA,c\n", "stands there twice"),
        ("# source: x\ncode,name\nA\n", "has not the columns"),
        ("# source: x\ncode,__class__\nA,b\n", "must be one word"),
    ],
)
def test_a_code_list_names_its_source_and_holds_each_code_once(guide_form: Path, text: str, why: str) -> None:
    (guide_form / "codes").mkdir()
    (guide_form / "codes" / "port-health.csv").write_text(text, encoding="utf-8")
    with pytest.raises(FormError) as refusal:
        load_form(guide_form)
    assert why in str(refusal.value)


def test_a_code_list_of_the_form_takes_the_place_of_a_common_one(change: Change, guide_form: Path) -> None:
    (guide_form / "codes").mkdir()
    text = "# source: our own, 2026-11-01\n# source: theirs\ncode,name\nX,y\n"
    (guide_form / "codes" / "control-bodies.csv").write_text(text, encoding="utf-8")
    change("rules.toml", "not (item.lots is empty)", "codes.control_bodies['X'].name == 'y'")
    form = load_form(guide_form)
    assert form.codes["control_bodies"].source == "our own, 2026-11-01; theirs"
    assert form.codes["control_bodies"].rows == {"X": {"code": "X", "name": "y"}}


def test_extra_fields_are_fields(change: Change) -> None:
    extra = (
        '[[extra]]\npath = "products.extra.moisture"\ntype = "percent"\nlabels.en = "Moisture"\n[[edition]]'
    )
    change("form.toml", "[[edition]]", extra)
    change("rules.toml", "not (item.lots is empty)", "item.extra.moisture < 14")
    form = load_form(change("rules.toml", 'field = "lots"', 'field = "extra.moisture"'))
    names = {"item": Product(extra={"moisture": "13.5"})}
    assert form.rules[0].must.evaluate(names) is True
    assert form.rules[0].must.evaluate({"item": Product()}) is False
    with pytest.raises(FormError, match=r"did you mean item\.extra\.moisture"):
        load_form(change("rules.toml", "item.extra.moisture", "item.extra.mositure"))


def test_the_hash_tells_folders_apart_but_not_line_endings(guide_form: Path) -> None:
    before = load_form(guide_form).folder_hash
    boxes = guide_form / "boxes.toml"
    boxes.write_bytes(boxes.read_bytes().replace(b"\n", b"\r\n"))
    assert load_form(guide_form).folder_hash == before
    boxes.write_bytes(boxes.read_bytes().replace(b"Grain", b"Grains"))
    assert load_form(guide_form).folder_hash != before


def test_editions_are_chosen_by_the_day_of_departure(guide_form: Path) -> None:
    form = load_form(guide_form)
    assert [
        form.edition_for(day).id
        for day in (None, date(1999, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date(2099, 1, 1))
    ] == ["2026", "2024", "2024", "2026", "2026"]
    assert form.edition_for(date(2025, 12, 31)).wording["declaration"] == "The grain named above is organic."


def test_an_edition_words_titles_and_ticks(change: Change) -> None:
    change("form.toml", "[edition.wording]", '[edition.wording]\narticle = "Article 1"')
    change("form.toml", '"2026"\nvalid_from = 2026-01-01\n\n[edition.wording]', _WITH_ARTICLE_2)
    change("boxes.toml", 'title = "Declaration"', 'title = "Declaration under {{ wording.article }}"')
    tick = '[[box.tick]]\nat = [100, 40, 40, 4]\nlabel = "{{ wording.article }}"\nwhen = "true"\n[[box.fill]]'
    form = load_form(change("boxes.toml", "[[box.fill]]", tick))
    titles = [_declaration(form.in_edition(edition)) for edition in form.editions]
    assert titles == [
        ("Declaration under Article 1", ["Article 1"]),
        ("Declaration under Article 2", ["Article 2"]),
    ]
    assert _declaration(form) == titles[-1]


_WITH_ARTICLE_2 = '"2026"\nvalid_from = 2026-01-01\n\n[edition.wording]\narticle = "Article 2"'


def _declaration(form: Form) -> tuple[str, list[str]]:
    box = form.boxes[2]
    return box.title, [part.label for part in box.parts if isinstance(part, TickPart)]


def test_shared_wording_gives_way_to_the_editions(change: Change) -> None:
    change("form.toml", "[[edition]]", '[wording]\ndeclaration = "shared"\nfoot = "below"\n\n[[edition]]')
    wording = load_form(change("form.toml", 'declaration = "The grain named above is', 'foot = "x')).editions
    assert [edition.wording["declaration"][:6] for edition in wording] == ["shared", "The gr"]
    assert [edition.wording["foot"] for edition in wording] == ["x organic.", "below"]


def test_variants_have_their_own_standing(change: Change) -> None:
    variant = (
        '[[variant]]\nname = "contingency"\nlegal_status = "worksheet"\nband = "Contingency"\n[[edition]]'
    )
    form = load_form(change("form.toml", "[[edition]]", variant))
    assert form.variants[0].legal_status is LegalStatus.WORKSHEET
    paper = Paper(form, form.editions[0], Consignment(), Issue(), variant=form.variants[0])
    assert paper.legal_status is LegalStatus.WORKSHEET


def test_a_users_folder_of_forms_is_loaded_beside_the_shipped_ones(guide_form: Path) -> None:
    shipped = set(load_forms())
    assert set(load_forms([guide_form.parent])) == shipped | {"gr-demo"}
    assert set(load_forms([guide_form])) == shipped | {"gr-demo"}


def test_two_folders_may_not_claim_one_id(guide_form: Path, tmp_path: Path) -> None:
    shutil.copytree(guide_form, tmp_path / "more" / "gr-copy")
    with pytest.raises(FormError, match="form 'gr-demo' is also in"):
        load_forms([guide_form, tmp_path / "more"])


def test_a_folder_without_forms_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormError, match="holds no form"):
        load_forms([tmp_path])
    with pytest.raises(FormError, match="no such folder"):
        load_forms([tmp_path / "nowhere"])


def test_the_captions_are_those_that_pages_print() -> None:
    assert set(CAPTION_WORDS) == {*CAPTIONS, "band"}
    for key, text in CAPTIONS.items():
        assert text.format(**dict.fromkeys(CAPTION_WORDS[key], "x")), key


def test_the_guide_tells_every_key() -> None:
    docs = Path(__file__).parents[2] / "docs"
    guide = "".join(
        (docs / name).read_text(encoding="utf-8") for name in ("forms-reference.md", "forms-import.md")
    )
    kinds = [kind for kind in vars(records).values() if isinstance(kind, type) and issubclass(kind, Record)]
    keys = {key for kind in kinds for key in kind.model_fields}
    assert {key for key in keys if not re.search(rf"`[^`]*\b{key}\b[^`]*`", guide)} == set()


def test_every_shipped_form_loads() -> None:
    folders = [path.parent for path in find_forms_root().glob("*/form.toml")]
    assert folders
    assert {form.folder for form in load_forms().values()} == set(folders)
