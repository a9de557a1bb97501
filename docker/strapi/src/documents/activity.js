'use strict';

const { CHAT_MESSAGE, CHAT_SESSION } = require('./subjects');

/**
 * Notes with a chat when something was last said there, or else when it was made. Nothing is changed of a chat by what is said, so the
 * time of its last change stays as it is.
 */
const noteActivity = (strapi) => async (context, next) => {
  const { uid, action, params } = context;
  if (uid === CHAT_SESSION && (action === 'create' || action === 'clone')) {
    context.params = { ...params, data: { ...params.data, lastActiveAt: new Date() } };
    return next();
  }
  if (uid !== CHAT_MESSAGE || action !== 'create') return next();
  return strapi.db.transaction(async () => {
    const message = await next();
    const { createdAt, session } = await strapi.db
      .query(CHAT_MESSAGE)
      .findOne({ where: { id: message.id }, populate: { session: { select: ['id'] } } });
    // A query of the entity would give the chat another time of its last change.
    await strapi.db
      .queryBuilder(CHAT_SESSION)
      .where({ id: session?.id ?? null })
      .update({ lastActiveAt: new Date(createdAt) })
      .execute();
    return message;
  });
};

module.exports = { noteActivity };
