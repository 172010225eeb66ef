"""Measured figures; printed, never asserted."""
