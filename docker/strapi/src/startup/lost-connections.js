'use strict';

const ADMIN_SHUTDOWN = '57P01';
const CRASH_SHUTDOWN = '57P02';
const CANNOT_CONNECT_NOW = '57P03';

const CODES = ['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', ADMIN_SHUTDOWN, CRASH_SHUTDOWN, CANNOT_CONNECT_NOW];

/** Whether the database went away; the driver itself has words for it, but no code. */
function isLostConnection(error) {
  return error instanceof Error && (CODES.includes(error.code) || error.message.startsWith('Connection terminated'));
}

/**
 * Strapi writes some things that nobody waits for. Without this, such a write ends the process when the database goes away under it,
 * although the pool would find the database again. Whatever else nobody caught ends the process as before.
 */
function surviveLostConnections(logger) {
  process.on('unhandledRejection', (error) => {
    if (!isLostConnection(error)) throw error;
    logger.warn(`The database went away under a statement that nobody waited for: ${error.message}`);
  });
}

module.exports = { isLostConnection, surviveLostConnections };
