'use strict';

/*
 * Opens Node's inspector in the process that runs the application. `strapi develop` starts that process anew after each
 * edit, and Node's own --inspect would give it another port each time.
 */

const cluster = require('node:cluster');
const inspector = require('node:inspector');

const PORT = 9229;
const RETRY_MS = 200;
const TRIES = 50;

function open(triesLeft) {
  // Taken while the predecessor still ends: says so on standard error, and has no address then.
  inspector.open(PORT, '0.0.0.0');
  if (inspector.url() === undefined && triesLeft > 0) setTimeout(open, RETRY_MS, triesLeft - 1).unref();
}

if (cluster.isWorker) open(TRIES);
