"""certgen: from the shipment workbook to the certificates that organic goods need to cross a border."""

__version__ = "0.1.0"
