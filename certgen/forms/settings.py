"""What a house settles of a form: values of the form that it replaces in its profile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from certgen.errors import FormError
from certgen.forms.model import Form
from certgen.toml_file import nearest_word


def settle(form: Form, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a house settles otherwise than the form; raises FormError for a setting that the form does not
    have, or of another kind than the form's own value.
    """
    for key, value in given.items():
        where = f"form.{form.id}.settings.{key}"
        if key not in form.settings:
            has = ", ".join(form.settings) or "none"
            near = nearest_word(key, list(form.settings)) or f"; it has {has}"
            raise FormError(f"{where}: the form has no such setting{near}.")
        wanted = form.settings[key]
        if type(value) is not type(wanted):
            raise FormError(
                f"{where}: {value!r} is not of the kind of the form's own; write it as {key} = {wanted}."
            )
    return given
