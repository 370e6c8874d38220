"""A web that is trying: every fault and attack we know as a named route."""
