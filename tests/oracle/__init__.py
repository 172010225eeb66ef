"""The oracle: the real clients, run on loopback, say whether unsnarl predicts them rightly.

configuration ─┬─ prediction (tui.core.survey) ──────────┐
               └─ encounter (the client, doubles) ─ seen ┴─ comparison

``make oracle`` installs the clients at exact versions into ``.oracle/`` and runs :mod:`tests.oracle.comparison` in a
network of its own, where nothing but loopback exists. Where client and prediction differ, the client is right.
"""
