FROM rockylinux:9
RUN dnf -y update \
 && dnf -y install epel-release \
 && dnf -y install --setopt=install_weak_deps=False \
      git \
      jq \
      openssh-clients \
      rsync \
 && dnf clean all \
 && rm -rf /var/cache/dnf
RUN groupadd -g 1000 ci && useradd -m -u 1000 -g ci ci
USER ci
WORKDIR /home/ci
