"""Other faces of the same causes: the second branch of a rule, another client, another way to be seen."""

from __future__ import annotations

from tests.rules.variants import configuration, dotenv, elsewhere, kinds

VARIANTS = (*configuration.VARIANTS, *elsewhere.VARIANTS, *kinds.VARIANTS, *dotenv.VARIANTS)
