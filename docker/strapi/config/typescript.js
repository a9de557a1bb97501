'use strict';

// In development Strapi would write types beside the sources, which are plain JavaScript and mounted read-only.
module.exports = { autogenerate: false };
