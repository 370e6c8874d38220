"""`lookup/`: a static site that answers "is my site in it?" from hashes, sending nothing.

Reading order: `lookup_site` (its files, the hashes and how they are spread). Beside it lie the page
itself: `index.html`, `lookup.js`, `lookup.css` and `sha256.js`.
"""
