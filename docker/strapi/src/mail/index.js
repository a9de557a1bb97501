'use strict';

/** Strapi's own provider would deliver to the recipient's mail server directly; this application contacts nothing but its database. */
module.exports = {
  init: () => ({
    async send() {
      throw new Error('No e-mail is sent: this application has no mail server.');
    },
  }),
};
