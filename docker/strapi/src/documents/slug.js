'use strict';

const { AGENT } = require('./subjects');

/** Gives a new agent a free slug made of its name where the caller chose none. */
const giveSlug = (strapi) => async (context, next) => {
  const data = context.params?.data;
  if (context.uid === AGENT && context.action === 'create' && !data?.slug && data?.name) {
    data.slug = await strapi
      .plugin('content-manager')
      .service('uid')
      .generateUIDField({ contentTypeUID: AGENT, field: 'slug', data });
  }
  return next();
};

module.exports = { giveSlug };
