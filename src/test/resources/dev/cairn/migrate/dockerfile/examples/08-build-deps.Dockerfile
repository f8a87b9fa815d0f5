FROM python:3.11-alpine
WORKDIR /app
COPY requirements.txt /app/
RUN apk add --no-cache libpq \
 && apk add --no-cache --virtual .build-deps gcc musl-dev libffi-dev postgresql-dev \
 && pip install --no-cache-dir -r requirements.txt \
 && apk del .build-deps
COPY . /app
USER 1000
CMD ["python", "-m", "app"]
