'use strict';

const { CHAT_MESSAGE, CHAT_SESSION } = require('./subjects');

/** Deletes a chat's messages with it: no list leads to them any more. */
const deleteMessages = (strapi) => async (context, next) => {
  if (context.uid !== CHAT_SESSION || context.action !== 'delete') return next();
  const { documentId } = context.params;
  return strapi.db.transaction(async () => {
    const messages = await strapi.db.query(CHAT_MESSAGE).findMany({ where: { session: { documentId } }, select: ['id'] });
    await strapi.db.query(CHAT_MESSAGE).deleteMany({ where: { id: { $in: messages.map(({ id }) => id) } } });
    return next();
  });
};

module.exports = { deleteMessages };
