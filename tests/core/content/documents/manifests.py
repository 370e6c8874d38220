"""C2PA manifest stores made by hand: JUMBF boxes around CBOR."""

import cbor2


def box(kind, content):
    return (8 + len(content)).to_bytes(4, "big") + kind + content


def labelled(label, *inner, uuid=bytes(16)):
    return box(b"jumb", box(b"jumd", uuid + b"\x03" + label.encode() + b"\x00") + b"".join(inner))


def store(*assertions, raw=None):
    """Return a store with one manifest that makes these assertions: label and value."""
    made = [labelled(name, box(b"cbor", cbor2.dumps(value))) for name, value in assertions]
    made += [labelled(name, box(b"cbor", data)) for name, data in (raw or {}).items()]
    return labelled("c2pa", labelled("urn:uuid:1", labelled("c2pa.assertions", *made)))
