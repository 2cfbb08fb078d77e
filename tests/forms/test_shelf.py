"""Forms at hand: their ids are known without loading them, and a command loads those that it needs."""

import shutil

import pytest

import certgen.forms.shelf
from certgen.cli.main import run
from certgen.errors import FormError
from certgen.forms import FormShelf, find_forms_root, load_forms

SAMPLES = find_forms_root().parent / "samples"


@pytest.fixture
def broken(tmp_path):
    folder = tmp_path / "broken"
    shutil.copytree(find_forms_root() / "gb-coi", folder)
    (folder / "rules.toml").write_text("[[rule]]\nid = ", encoding="utf-8")
    return folder


@pytest.fixture
def loaded(monkeypatch):
    """The names of the form folders that are loaded, in order."""
    names = []
    load = certgen.forms.shelf.load_form

    def note(folder):
        names.append(folder.name)
        return load(folder)

    monkeypatch.setattr(certgen.forms.shelf, "load_form", note)
    return names


def test_every_shipped_form_lies_in_a_folder_of_its_name():
    forms = load_forms()
    assert {form_id: (form.id, form.folder.name) for form_id, form in forms.items()} == {
        form_id: (form_id, form_id) for form_id in forms
    }


def test_what_a_form_says_of_itself_is_the_same_before_and_after_it_is_loaded():
    for form_id, form in load_forms().items():
        head = load_forms().head(form_id)
        assert (head.own_types, head.settings) == (form.own_types, form.settings)


def test_a_shipped_form_that_is_damaged_is_told_when_it_is_wanted(broken):
    shelf = FormShelf({"broken": broken}, {})
    assert "broken" in shelf
    assert list(shelf) == ["broken"]
    with pytest.raises(FormError, match=r"rules\.toml"):
        shelf["broken"]


def test_a_half_written_form_of_the_house_is_told_at_once(broken):
    with pytest.raises(FormError, match=r"rules\.toml"):
        load_forms([broken])


def test_an_id_that_nobody_has_is_not_there():
    forms = load_forms()
    assert "gb-cio" not in forms
    assert forms.get("gb-cio") is None


def test_a_check_loads_the_form_that_the_workbook_asks_for_and_no_other(loaded, tmp_path):
    register = f"sqlite:///{tmp_path}/register.sqlite"
    assert run(["check", str(SAMPLES / "shipment.xlsx"), "--register", register]) == 0
    assert loaded == ["gb-coi"]


def test_help_loads_no_form(loaded):
    assert run(["fill", "--help"]) == 0
    assert loaded == []
