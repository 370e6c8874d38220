"""What of a page and its answer must be kept, so that every protocol can be read from it."""

from __future__ import annotations

# Field lines a stored page keeps, whatever their order and however often they come.
SIGNAL_HEADERS = frozenset(
    {
        "ai-license",
        "ai-training",
        "cf-mitigated",
        "content-signal",
        "content-type",
        "content-usage",
        "crawler-charged",
        "crawler-error",
        "crawler-price",
        "link",
        "location",
        "payment-required",
        "retry-after",
        "tdm-policy",
        "tdm-reservation",
        "www-authenticate",
        "x-amzn-waf-action",
        "x-payment-required",
        "x-robots-tag",
        "x-vercel-mitigated",
    }
)

CARRIERS = """
The elements of a page that the HTML step hands over as `Carrier`s, in document order, head and
body alike. Never from comments, script text other than the two types below, `textarea`,
`template`, or `title`. Attribute names and the `name` field are lower case and trimmed; text is
as in the document (character references resolved), cut at 4,000 characters for metas and links,
8,000 for prose, 1 MiB for scripts. At most 2,000 carriers a page, metas first.

kind "meta"       One for each <meta> that has content and one of the attributes name, property,
                  http-equiv (several attributes: one carrier for each). name: that attribute's
                  value, lower case. text: content. place: "name" | "property" | "http-equiv".
                  All metas, also those with names nobody knows: any bot's name is a meta name.
kind "link"       One for each <link> (head or body) whose rel contains one of: license, copyright,
                  terms-of-service, ai-policy, tdm-policy. name: the rel value, lower case, tokens
                  split by one space. text: href as written. type: type attribute, lower case,
                  without parameters. place: "head" | "body".
kind "script"     <script type="application/ld+json"> and <script type="application/rsl+xml">.
                  name: the type, lower case, without parameters. text: the script's text as it
                  stands (no unescaping).
kind "prose"      Text of elements that speak legally, one carrier each, whitespace collapsed:
                  footer, small, address; any element with an id or class word that is or contains
                  copyright, copy-right, legal, licen, terms, imprint, impressum, disclaimer,
                  colophon, rights, notice, footer, tdm, mentions, aviso, copyleft. An element
                  within one already taken is not taken again. Text inside blockquote, q, cite,
                  article (unless the article holds the footer), pre and code does not count.
                  name: the tag. place: "footer" | "small" | "legal".
kind "attribute"  name "data-nosnippet", text: how many elements carried it (their text is left out
                  of the extract by the content step). One carrier, only if there was one.

A document without html (text/plain, application/json) has no carriers; `read` is still True.
"""
