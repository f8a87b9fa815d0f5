ARG BASE=ubuntu:22.04
FROM ${BASE}
ARG DEV=0
ENV DEBIAN_FRONTEND=noninteractive
ARG TOOLS="curl git jq"
RUN apt-get update || (sleep 5; apt-get update) && apt-get install -y $TOOLS \
 && if [ "$DEV" = 1 ]; then apt-get install -y gdb strace; fi \
 && apt-get autoremove -y && apt-get clean
CMD ["bash"]
