"""Runs the code cells of a notebook in order, in one process: ``run_cells.py NOTEBOOK``.

Says which cell failed, and how. Pictures are drawn but not shown.
"""

import ast
import json
import os
import sys
from pathlib import Path

os.environ.setdefault("MPLBACKEND", "agg")
notebook = Path(sys.argv[1]).resolve()
# As Jupyter: the module beside the notebook is found.
sys.path.insert(0, str(notebook.parent))
names = {"__name__": "__main__"}
cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
codes = [cell for cell in cells if cell["cell_type"] == "code"]
for number, cell in enumerate(codes, start=1):
    tree = ast.parse("".join(cell["source"]))
    # The value of a last expression is what Jupyter shows.
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    where = f"<{notebook.name}, code cell {number} of {len(codes)}>"
    try:
        exec(compile(tree, where, "exec"), names)
        if last is not None:
            shown = eval(compile(ast.Expression(last.value), where, "eval"), names)
            if shown is not None:
                print(shown)
    except BaseException:
        print(
            f"{notebook.name}: code cell {number} of {len(codes)} failed:\n{''.join(cell['source'])}",
            file=sys.stderr,
        )
        raise
print(f"{notebook.name}: {len(codes)} code cells ran")
