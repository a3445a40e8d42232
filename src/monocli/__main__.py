"""`python -m monocli`"""

from monocli.entry import main

if __name__ == "__main__":
    main()
