# syntax=docker/dockerfile:1
FROM debian:12-slim
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN <<EOF
set -e
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install -y --no-install-recommends \
    ca-certificates \
    curl \
    unzip
curl -fsSL https://downloads.example.org/tool.tar.gz | tar -xz -C /usr/local/bin --strip-components=1
rm -rf /var/lib/apt/lists/*
EOF
COPY <<"EOF" /etc/tool.conf
# apt-get install is only text here
mode = batch
EOF
ENTRYPOINT ["tool"]
