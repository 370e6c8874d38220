# The image's steps are the Makefile's: whoever can build it can run `make setup` as well.
FROM python:3.11-slim
RUN apt-get update \
 && apt-get install --yes --no-install-recommends gcc libc6-dev make \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home crawler \
 && install --directory --owner crawler /app /data
USER crawler
WORKDIR /app
COPY --chown=crawler Makefile requirements.lock pyproject.toml hatch_build.py README.md LICENSE ./
COPY --chown=crawler crawler crawler
COPY --chown=crawler policies policies
RUN make setup
ENV PATH=/app/.venv/bin:$PATH
VOLUME /data
ENTRYPOINT ["crawler"]
CMD ["--help"]
