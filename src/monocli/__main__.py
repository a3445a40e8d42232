"""`python -m monocli`"""

from monocli.cli.main import main

if __name__ == "__main__":
    main()
