"""What an exporter sends its certifier: a folder for each consignment, and the list of what lies in it."""
