"""What may become of a certificate: issued, replaced, split, sealed, void."""
