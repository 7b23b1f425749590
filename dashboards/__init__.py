"""What people see: pages, maps, prints, exports and the command line."""

import os

# Workers share the cores already: with its own threads in each, linear algebra makes a first layout slower.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
