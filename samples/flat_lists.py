"""The headers and words of the flat samples, as people of three languages write them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from layouts import Columns
from rows import Row

ENGLISH: Columns = [
    ("reference", "Order No."),
    ("forms", "Form"),
    ("invoice_number", "Invoice #"),
    ("exporter.name", "Exporter"),
    ("exporter.address", "Exporter address"),
    ("exporter.country", "Exporter country"),
    ("products.trade_name", "Description of goods"),
    ("products.cn_code", "HS / CN code"),
    ("products.packages.count", "No. of packages"),
    ("products.packages.kind", "Type of packages"),
    ("products.lots", "Lot / Batch no."),
    ("products.net_mass", "Net weight (kg)"),
    ("products.processing", "Processed / unprocessed"),
    ("products.country_of_production", "Grown in"),
    ("products.country_of_processing", "Country of processing"),
    ("products.ingredients_confirmed", "Ingredients confirmed"),
    ("gross_mass", "Total gross weight (kg)"),
    ("producers.name", "Producer name"),
    ("producers.address", "Producer address"),
    ("producers.country", "Producer country"),
    ("control_bodies.name", "Certifier name"),
    ("control_bodies.address", "Certifier address"),
    ("control_bodies.code", "CB code"),
    ("countries_of_origin", "Country of origin"),
    ("country_of_export", "Exported from"),
    ("importer.name", "Importer"),
    ("importer.address", "Importer address"),
    ("importer.country", "Importer country"),
    ("importer.eori", "EORI No."),
    ("first_consignee.name", "Consignee"),
    ("first_consignee.address", "Consignee address"),
    ("first_consignee.country", "Consignee country"),
    ("country_of_destination", "Destination"),
    ("point_of_entry", "Port of discharge"),
    ("departure_date", "ETD"),
    ("issue_date", "Certificate date"),
    ("transport.modes", "Mode of transport"),
    ("transport.vessels", "Vessel"),
    ("transport.documents", "B/L No."),
    ("containers", "Container No."),
    ("seals", "Seal No."),
]

GERMAN: Columns = [
    ("reference", "Sendungsnummer"),
    ("forms", "Formular"),
    ("invoice_number", "Rechnungsnummer"),
    ("issue_date", "Ausstellungsdatum"),
    ("departure_date", "Verschiffungsdatum"),
    ("exporter.name", "Name des Ausführers"),
    ("exporter.address", "Anschrift des Ausführers"),
    ("exporter.country", "Land des Ausführers"),
    ("producers.name", "Name des Erzeugers"),
    ("producers.address", "Anschrift des Erzeugers"),
    ("producers.country", "Land des Erzeugers"),
    ("control_bodies.name", "Name der Kontrollstelle"),
    ("control_bodies.address", "Anschrift der Kontrollstelle"),
    ("control_bodies.code", "Codenummer der Kontrollstelle"),
    ("countries_of_origin", "Ursprungsland"),
    ("country_of_export", "Ausfuhrland"),
    ("country_of_destination", "Bestimmungsland"),
    ("point_of_entry", "Eingangsort"),
    ("importer.name", "Name des Einführers"),
    ("importer.address", "Anschrift des Einführers"),
    ("importer.country", "Land des Einführers"),
    ("importer.eori", "EORI-Nummer"),
    ("first_consignee.name", "Name des ersten Empfängers"),
    ("first_consignee.address", "Anschrift des ersten Empfängers"),
    ("first_consignee.country", "Land des ersten Empfängers"),
    ("products.cn_code", "KN-Code"),
    ("products.trade_name", "Handelsbezeichnung"),
    ("products.packages.count", "Anzahl der Packstücke"),
    ("products.packages.kind", "Art der Packstücke"),
    ("products.lots", "Losnummer"),
    ("products.net_mass", "Nettogewicht (kg)"),
    ("products.processing", "Verarbeitung"),
    ("products.country_of_production", "Erzeugungsland"),
    ("products.country_of_processing", "Verarbeitungsland"),
    ("products.ingredients_confirmed", "Zutaten bestätigt"),
    ("containers", "Containernummer"),
    ("seals", "Plombennummer"),
    ("gross_mass", "Bruttogewicht gesamt (kg)"),
    ("transport.modes", "Beförderungsmittel"),
    ("transport.vessels", "Schiffsname"),
    ("transport.documents", "Beförderungspapier"),
]

FRENCH: Columns = [
    ("reference", "Référence de l'envoi"),
    ("forms", "Formulaire"),
    ("invoice_number", "Numéro de facture"),
    ("issue_date", "Date d'émission"),
    ("departure_date", "Date de départ"),
    ("exporter.name", "Nom de l'exportateur"),
    ("exporter.address", "Adresse de l'exportateur"),
    ("exporter.country", "Pays de l'exportateur"),
    ("producers.name", "Nom du producteur"),
    ("producers.address", "Adresse du producteur"),
    ("producers.country", "Pays du producteur"),
    ("control_bodies.name", "Nom de l'organisme de contrôle"),
    ("control_bodies.address", "Adresse de l'organisme de contrôle"),
    ("control_bodies.code", "Code de l'organisme de contrôle"),
    ("countries_of_origin", "Pays d'origine"),
    ("country_of_export", "Pays d'exportation"),
    ("country_of_destination", "Pays de destination"),
    ("point_of_entry", "Point d'entrée"),
    ("importer.name", "Nom de l'importateur"),
    ("importer.address", "Adresse de l'importateur"),
    ("importer.country", "Pays de l'importateur"),
    ("importer.eori", "N° EORI"),
    ("first_consignee.name", "Nom du premier destinataire"),
    ("first_consignee.address", "Adresse du premier destinataire"),
    ("first_consignee.country", "Pays du premier destinataire"),
    ("products.cn_code", "Code NC"),
    ("products.trade_name", "Dénomination commerciale"),
    ("products.packages.count", "Nombre de colis"),
    ("products.packages.kind", "Nature des colis"),
    ("products.lots", "Numéro de lot"),
    ("products.net_mass", "Poids net (kg)"),
    ("products.processing", "Transformation"),
    ("products.country_of_production", "Pays de production"),
    ("containers", "Numéro de conteneur"),
    ("seals", "Numéro de scellé"),
    ("gross_mass", "Poids brut total (kg)"),
    ("transport.modes", "Moyen de transport"),
    ("transport.vessels", "Nom du navire"),
    ("transport.documents", "Connaissement"),
]

GERMAN_WORDS = {
    "Canada": "Kanada",
    "Great Britain": "Großbritannien",
    "vessel": "Schiff",
    "processed": "verarbeitet",
    "unprocessed": "unverarbeitet",
    "yes": "ja",
}
FRENCH_WORDS = {
    "Great Britain": "Grande-Bretagne",
    "vessel": "navire",
    "processed": "transformé",
    "unprocessed": "non transformé",
    "yes": "oui",
}


def in_words(row: Row, words: dict[str, str]) -> Row:
    """The same consignment with some of its values in another language."""
    return replace(
        row,
        shipment=_translated(row.shipment, words),
        lines=[_translated(line, words) for line in row.lines],
    )


def _translated(values: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    return {path: words.get(str(value), value) for path, value in values.items()}
