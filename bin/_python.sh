# Sets $python to an interpreter of at least 3.11. Sourced by the commands beside it.
_map="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
python=""
for _kandidaat in "${ZORGPAD_PYTHON:-}" "$_map/../.venv/bin/python" python3.11 python3 python3.12 python3.13; do
  if [ -n "$_kandidaat" ] && "$_kandidaat" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python="$_kandidaat"
    break
  fi
done
if [ -z "$python" ]; then
  echo "Zorgpad heeft Python 3.11 of nieuwer nodig. Op Debian of Ubuntu: apt-get install -y python3 python3-venv" >&2
  exit 2
fi
