'use strict';

/*
 * Part of the image build: goes through as much of a start as needs no database, and records the code that V8 compiled.
 * Run it with the very Node and flags that the container uses.
 */

const path = require('node:path');

const application = path.resolve(process.argv[2] ?? '.');
process.chdir(application);

const PLACEHOLDERS = [
  'DATABASE_PASSWORD',
  'APP_KEYS',
  'API_TOKEN_SALT',
  'ADMIN_JWT_SECRET',
  'TRANSFER_TOKEN_SALT',
  'JWT_SECRET',
  'STRAPI_API_TOKEN',
];
PLACEHOLDERS.forEach((name) => {
  process.env[name] = 'only-while-the-image-is-built';
});

const { recordCodeCache } = require(path.join(application, 'src/startup/code-cache.js'));
const finish = recordCodeCache();

async function record() {
  const { createStrapi } = require(path.join(application, 'node_modules/@strapi/strapi'));
  const strapi = createStrapi({ appDir: application, distDir: application });
  await strapi.register();
  // Loaded at the first connection only.
  require(path.join(application, 'node_modules/pg'));
  const { modules, bytes } = finish();
  process.stdout.write(`Recorded the code of ${modules} modules, ${Math.round(bytes / 1024)} KiB\n`);
}

record().then(
  () => process.exit(0),
  (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  }
);
