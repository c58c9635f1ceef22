"""The health check of the web container: asks /gezond/ in the name of the first host that the program serves."""

import os
import sys
import urllib.request

verzoek = urllib.request.Request(
    "http://127.0.0.1:8000/gezond/",
    headers={"Host": os.environ.get("ZORGPAD_HOSTS", "localhost").split(",")[0].strip(), "X-Forwarded-Proto": "https"},
)
try:
    with urllib.request.urlopen(verzoek, timeout=5):
        sys.exit(0)
except OSError as fout:
    sys.exit(f"niet gezond: {fout}")
