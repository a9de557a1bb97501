'use strict';

const { flag, integer, oneOf, required, text } = require('../src/environment');

oneOf('DATABASE_CLIENT', 'postgres', ['postgres']);

module.exports = {
  connection: {
    client: 'postgres',
    connection: {
      host: text('DATABASE_HOST', 'postgres'),
      port: integer('DATABASE_PORT', 5432, { min: 1, max: 65535 }),
      database: text('DATABASE_NAME', 'claude_agent_ui'),
      user: text('DATABASE_USERNAME', 'postgres'),
      password: required('DATABASE_PASSWORD'),
      ssl: flag('DATABASE_SSL', false) ? { rejectUnauthorized: true } : false,
      application_name: 'strapi',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    },
    pool: { min: 0, max: 10 },
    acquireConnectionTimeout: 15_000,
  },
};
