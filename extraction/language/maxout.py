"""The one kind of layer in the bundled encoder: a product, the greatest of pieces, a norm.

Belongs here: that layer in numpy, from the weights of thinc's. Does not belong here: which layers
there are (`encoder`), training.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from thinc.api import Model

Floats = npt.NDArray[np.float32]


class Maxout(NamedTuple):
    """The weights of thinc's maxout >> layernorm, the pieces side by side.

    So a maximum runs along rows; thinc has the pieces of one output beside each other.
    """

    weights: Floats
    """Inputs by (piece, output)."""
    bias: Floats
    scale: Floats
    shift: Floats

    @classmethod
    def of(cls, layer: Model[Any, Any]) -> Maxout:
        """Read the weights of a layer that holds one maxout and one layernorm."""
        nodes = {node.name: node for node in layer.walk()}
        maxout: Any = nodes["maxout"]
        norm: Any = nodes["layernorm"]
        weights = maxout.get_param("W")
        return cls(
            np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(weights.shape[2], -1)),
            np.ascontiguousarray(maxout.get_param("b").T).reshape(-1),
            norm.get_param("G"),
            norm.get_param("b"),
        )

    @property
    def width(self) -> int:
        """Numbers in a row of its output."""
        return len(self.scale)

    def activated(self, products: Floats) -> Floats:
        """The output for rows of products with the weights; the products are overwritten."""
        products += self.bias
        best = products[:, : self.width]
        for piece in range(self.width, products.shape[1], self.width):
            np.maximum(best, products[:, piece : piece + self.width], out=best)
        rows: Floats = best - best.mean(axis=1, keepdims=True)
        variance = np.add.reduce(rows * rows, axis=1, keepdims=True) / np.float32(self.width)
        rows /= np.sqrt(variance + np.float32(1e-8))  # rounded alike wherever a row stands
        rows *= self.scale
        rows += self.shift
        return rows
