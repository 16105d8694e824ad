# The service alone: a static binary, the public certificate authorities it
# needs to trust a mail relay, and nothing to log in to.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /out/jachete ./cmd/jachete
# A scratch image has no folders: the data, and what SQLite spills to disk.
RUN mkdir -p /out/data /out/tmp && chmod 0700 /out/data /out/tmp

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build --chown=65532:65532 /out/ /
# A number, so that "must not run as root" can be checked without a passwd file.
USER 65532:65532
ENV JACHETE_DATA=/data \
    JACHETE_ADDR=0.0.0.0:8080
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/jachete"]
CMD ["serve"]
