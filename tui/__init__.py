"""unsnarl finds and mends what stands between a developer and the Claude API."""

__version__ = "0.1.0"
