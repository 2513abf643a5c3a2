# The web application and the command line in one image.
FROM python:3.11-slim-bookworm AS build
RUN pip install --no-cache-dir 'uv>=0.10,<1'
WORKDIR /app
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN uv sync --frozen --no-dev --no-install-project --compile-bytecode
COPY docs/web-guide.ja.md docs/
COPY src src
RUN uv sync --frozen --no-dev --compile-bytecode

FROM python:3.11-slim-bookworm
RUN useradd --create-home --uid 1000 shokibo && install -d -o shokibo /data
WORKDIR /app
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH SHOKIBO_VAR=/data PYTHONUNBUFFERED=1
USER shokibo
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/', timeout=4)"]
ENTRYPOINT ["shokibo"]
CMD ["serve", "--host", "0.0.0.0"]
