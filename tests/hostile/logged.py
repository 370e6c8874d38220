"""The crawler's command line, with every dialled address in a file: `logged FILE crawl ...`."""

import logging
import sys
from pathlib import Path

from crawler.cli import main

dials = logging.getLogger("crawler.fetch.transport")
dials.setLevel(logging.DEBUG)
dials.propagate = False
dials.addHandler(logging.FileHandler(Path(sys.argv.pop(1))))
main()
