"""Matrix products by numpy, on one thread: twice the speed of thinc's own.

Belongs here: how the network's products are computed. Does not belong here: the network.

thinc multiplies with BLIS, numpy with OpenBLAS, which took a third of the time on the machine where
the benchmark ran (102 against 34 GFLOP/s for 512 x 384 x 384, one core, November 2026). OpenBLAS
rounds the last bit of a row differently by the number of rows beside it; hence the rule of
`pipeline.parse` that an article's sentences are always parsed together, and one thread, so that the
number of cores plays no part.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any

import numpy as np
from spacy.language import Language
from thinc.api import Model, NumpyOps
from threadpoolctl import ThreadpoolController


class MatmulOps(NumpyOps):  # type: ignore[misc]
    """thinc's operations with numpy's matrix product."""

    def gemm(
        self,
        x: Any,
        y: Any,
        out: Any = None,
        trans1: bool = False,
        trans2: bool = False,
    ) -> Any:
        """`x @ y`, each transposed first where asked, into `out` where given."""
        return np.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)


def use_matmul(nlp: Language) -> None:
    """Let every layer of the pipeline multiply with numpy."""
    ops = MatmulOps()
    for _, component in nlp.pipeline:
        if isinstance(model := getattr(component, "model", None), Model):
            for layer in model.walk():
                layer.ops = ops


def one_thread() -> AbstractContextManager[Any]:
    """While it is open, matrix products use one thread."""
    limits: AbstractContextManager[Any] = _controller().limit(limits=1, user_api="blas")
    return limits


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()
