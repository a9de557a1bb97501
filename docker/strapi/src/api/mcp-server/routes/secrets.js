'use strict';

module.exports = {
  routes: [{ method: 'GET', path: '/mcp-servers/:id/secrets', handler: 'mcp-server.secrets' }],
};
