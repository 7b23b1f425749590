"""Files spoiled at random, the same way for the same seed."""

import random


def damaged(content: bytes, seed: int) -> bytes:
    """Return a file's bytes with some changed, cut or added."""
    rng = random.Random(seed)
    data = bytearray(content)
    for _ in range(rng.choice((1, 3, 20))):
        place = rng.randrange(len(data)) if data else 0
        if rng.random() < 0.6 and data:
            data[place] = rng.randrange(256)
        elif rng.random() < 0.5:
            del data[place:]
        else:
            data[place:place] = rng.randbytes(12)
    return bytes(data)
