'use strict';

const { CHAT_MESSAGE, CHAT_SESSION } = require('../documents/subjects');

/** Chats that were made before their activity was noted: says of each when something was last said there, or else when it was made. */
async function noteEarlierActivity(strapi) {
  const chats = strapi.db.metadata.get(CHAT_SESSION).tableName;
  const messages = strapi.db.metadata.get(CHAT_MESSAGE);
  const { name, joinColumn, inverseJoinColumn } = messages.attributes.session.joinTable;
  await strapi.db.connection.raw(
    `update ?? as chat set last_active_at = coalesce(
       (select max(message.created_at) from ?? as message join ?? as said on said.?? = message.id where said.?? = chat.id),
       chat.created_at)
     where last_active_at is null`,
    [chats, messages.tableName, name, joinColumn.name, inverseJoinColumn.name]
  );
}

module.exports = { noteEarlierActivity };
