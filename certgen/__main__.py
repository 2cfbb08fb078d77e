"""`python -m certgen`."""

from certgen.cli.main import main

if __name__ == "__main__":
    main()
