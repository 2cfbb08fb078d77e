"""What is done with certificates that were issued: one module for each command of the register."""
