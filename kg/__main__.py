"""Run the command line by `python -m kg`, where `kg` itself is not on the path."""

from kg.cli import main

if __name__ == "__main__":
    main()
