'use strict';

const { factories } = require('@strapi/strapi');
const { isService } = require('../../../bootstrap/api-token');
const { OtherKeyError, serverCipher } = require('../../../secrets');

const MCP_SERVER = 'api::mcp-server.mcp-server';

/** Strapi's own answers leave out what is private; this one route tells it, to the service alone. */
module.exports = factories.createCoreController(MCP_SERVER, ({ strapi }) => ({
  async secrets(ctx) {
    if (!isService(ctx.state.auth)) return ctx.forbidden();
    const documentId = ctx.params.id;
    const server = await strapi.db.query(MCP_SERVER).findOne({ where: { documentId }, select: ['name', 'env', 'headers'] });
    if (server === null) return ctx.notFound();
    const told = (field) => (server[field] == null ? {} : serverCipher().decrypt(server[field], documentId, field));
    try {
      return { data: { env: told('env'), headers: told('headers') } };
    } catch (error) {
      if (!(error instanceof OtherKeyError)) throw error;
      return ctx.conflict(
        `env and headers of the MCP server "${server.name}" were stored under another STRAPI_API_TOKEN_SALT: enter them again`
      );
    }
  },
}));
