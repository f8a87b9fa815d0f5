FROM --platform=$BUILDPLATFORM golang:1.22-alpine AS build
RUN apk add --no-cache git make
WORKDIR /src
COPY go.* .
RUN go mod download
COPY . .
ARG TARGETOS TARGETARCH
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /out/api ./cmd/api

FROM alpine:3.19
RUN apk --no-cache add ca-certificates tzdata && adduser -D -u 10001 api
COPY --from=build /out/api /usr/local/bin/api
USER api
ENTRYPOINT ["api"]
