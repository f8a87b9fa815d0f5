FROM debian:12 AS docs
RUN apt-get update && apt-get install -y graphviz make

FROM debian:12
RUN apt-get update && apt-get install -y curl gnupg \
 && curl -fsSL https://packages.example.org/key.asc | gpg --dearmor -o /usr/share/keyrings/example.gpg \
 && echo "deb [signed-by=/usr/share/keyrings/example.gpg] https://packages.example.org/apt stable main" \
      > /etc/apt/sources.list.d/example.list \
 && apt-get update && apt-get install -y example-agent
COPY --from=docs /site /site
CMD ["example-agent"]
