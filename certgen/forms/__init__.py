"""What a form is: folders of TOML made plain data, the form language, the consignment's words."""

from certgen.forms.folder.lint import check_form
from certgen.forms.folder.load import load_form
from certgen.forms.roots import find_forms_root
from certgen.forms.shelf import FormShelf, load_forms
from certgen.forms.vocabulary import load_vocabulary

__all__ = ["FormShelf", "check_form", "find_forms_root", "load_form", "load_forms", "load_vocabulary"]
