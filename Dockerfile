# The image of web, worker, scheduler and migrations; docker-compose.yml says which is which.
# pg_dump must be as new as the server, and Debian's is older: it comes from the image of the server itself.
FROM postgres:18-bookworm AS postgres

FROM python:3.11-slim-bookworm

RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /srv/zorgpad --shell /usr/sbin/nologin zorgpad
COPY --from=postgres /usr/lib/*-linux-gnu/libpq.so.5* /usr/local/lib/
COPY --from=postgres /usr/lib/postgresql/18/bin/pg_dump /usr/lib/postgresql/18/bin/pg_restore \
     /usr/lib/postgresql/18/bin/psql /usr/local/bin/
RUN ldconfig && pg_dump --version | grep -q " 18"

WORKDIR /srv/zorgpad
COPY requirements/productie.txt requirements/productie.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/productie.txt

COPY manage.py ./
COPY zorg zorg
COPY leerlingen leerlingen
COPY lvs lvs
COPY plannen plannen
COPY besprekingen besprekingen
COPY templates templates
COPY static static
COPY locale locale
COPY bin/_docker bin/_docker
RUN python -m compileall -q . && install -d -o zorgpad -g zorgpad /srv/var

ENV PYTHONUNBUFFERED=1 \
    ZORGPAD_MODUS=productie \
    ZORGPAD_VAR=/srv/var
VOLUME /srv/var
USER zorgpad
EXPOSE 8000

CMD ["gunicorn", "zorg.wsgi:application", "--bind", "0.0.0.0:8000", "--preload", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "2", "--timeout", "60", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
