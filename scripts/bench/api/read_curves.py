"""Reads packed curves with nothing but Python: prints points, least of the greatest values, and milliseconds."""

import array
import base64
import json
import sys
import time
import urllib.request

url, token = sys.argv[1:]
body = sys.stdin.buffer.read()
start = time.perf_counter()
request = urllib.request.Request(
    url, body, {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
)
with urllib.request.urlopen(request) as response:
    answer = json.load(response)
curves = []
for curve in answer["data"]["curves"]:
    packed = curve["packed"]
    steps = array.array("i", base64.b64decode(packed["steps"]))
    values = array.array("d", base64.b64decode(packed["values"]))
    wall_times = array.array("d", base64.b64decode(packed["wallTimes"]))
    curves.append((steps, values, wall_times))
ms = 1000 * (time.perf_counter() - start)
points = sum(len(steps) for steps, _, _ in curves)
print(json.dumps({"ms": ms, "points": points, "greatest": min(max(values) for _, values, _ in curves)}))
