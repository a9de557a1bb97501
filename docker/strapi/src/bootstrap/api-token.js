'use strict';

const { required } = require('../environment');

const TOKEN = 'admin::api-token';
const PERMISSION = 'admin::api-token-permission';
const NAME = 'Service';
const DEFAULTS = [
  { name: 'Read Only', type: 'read-only' },
  { name: 'Full Access', type: 'full-access' },
];
const ACTIONS = [
  ...['agent', 'skill', 'mcp-server', 'task', 'chat-session'].flatMap((type) =>
    ['find', 'findOne', 'create', 'update', 'delete'].map((action) => `api::${type}.${type}.${action}`)
  ),
  ...['find', 'findOne', 'create', 'delete'].map((action) => `api::chat-message.chat-message.${action}`),
  'api::mcp-server.mcp-server.secrets',
  ...['signIn', 'findOne', 'changePassword'].map((action) => `api::account.account.${action}`),
  ...['find', 'findOne', 'upload', 'destroy'].map((action) => `plugin::upload.content-api.${action}`),
];

/** Makes STRAPI_API_TOKEN the key of the service's token, with exactly the actions that the service needs. */
async function provisionApiToken(strapi) {
  const accessKey = strapi.service('admin::api-token').hash(required('STRAPI_API_TOKEN'));
  await strapi.db.transaction(async () => {
    const token = await strapi.db.query(TOKEN).findOne({ where: { name: NAME }, populate: ['permissions'] });
    if (token === null) {
      await deleteDefaults(strapi);
      const created = await strapi.db.query(TOKEN).create({ data: attributes(accessKey) });
      await grant(strapi, created.id, []);
      strapi.log.info('Created the API token of the service');
      return;
    }
    if (token.accessKey !== accessKey) {
      await strapi.db.query(TOKEN).update({ where: { id: token.id }, data: attributes(accessKey) });
      strapi.log.info('The API token of the service follows its new key or salt');
    }
    await grant(strapi, token.id, token.permissions);
  });
}

/** Whether a request comes with the service's own token, rather than with one that an administrator made. */
const isService = (auth) => auth?.strategy?.name === 'content-api-token' && auth.credentials?.name === NAME;

const attributes = (accessKey) => ({
  name: NAME,
  description: 'What the service uses. Its key is STRAPI_API_TOKEN; changes made here are undone at the next start.',
  kind: 'content-api',
  type: 'custom',
  lifespan: null,
  expiresAt: null,
  accessKey,
});

async function grant(strapi, token, permissions) {
  const surplus = permissions.filter(({ action }) => !ACTIONS.includes(action));
  if (surplus.length > 0) {
    await strapi.db.query(PERMISSION).deleteMany({ where: { id: { $in: surplus.map(({ id }) => id) } } });
  }
  const granted = permissions.map(({ action }) => action);
  for (const action of ACTIONS.filter((candidate) => !granted.includes(candidate))) {
    await strapi.db.query(PERMISSION).create({ data: { action, token } });
  }
}

/** Strapi makes two tokens of its own in an empty database; nobody holds their keys, so nobody needs them. */
async function deleteDefaults(strapi) {
  await strapi.db.query(TOKEN).deleteMany({ where: { $or: DEFAULTS.map((token) => ({ ...token, lastUsedAt: null })) } });
}

module.exports = { isService, provisionApiToken };
