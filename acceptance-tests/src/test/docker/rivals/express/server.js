'use strict';

const { readFileSync } = require('node:fs');
const express = require('express');

const FRESH_MS = 60_000;
const file = process.env.ANSWER;
const app = express();
const kept = new Map();

/** As the service keeps what Strapi said: asked for once a minute, served from memory. */
function remembered(key, read) {
  const known = kept.get(key);
  if (known !== undefined && Date.now() - known.at < FRESH_MS) return known.value;
  const value = read();
  kept.set(key, { value, at: Date.now() });
  return value;
}

// A line a request, as the service writes one.
app.use((request, response, next) => {
  const start = process.hrtime.bigint();
  response.on('finish', () => {
    const ms = Number((process.hrtime.bigint() - start) / 1_000_000n);
    const message = `${request.method} ${request.path} ${response.statusCode} in ${ms} ms`;
    process.stdout.write(`${JSON.stringify({ ts: new Date().toISOString(), level: 'INFO', message })}\n`);
  });
  next();
});
app.get('/api/agents', (request, response) => response.json(remembered('json', () => JSON.parse(readFileSync(file, 'utf8')))));
app.get('/prepared', (request, response) => response.type('json').send(remembered('bytes', () => readFileSync(file))));
app.get('/health/live', (request, response) => response.json({ status: 'UP', checks: [{ name: 'service', status: 'UP' }] }));
app.listen(3001, '0.0.0.0');
