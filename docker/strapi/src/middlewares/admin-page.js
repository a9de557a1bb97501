'use strict';

const fs = require('node:fs');
const path = require('node:path');

const BUILT_FOR = '/admin/';
const PREFIX = /^(?:\/[A-Za-z0-9_-]+)*$/;

/** The path below which a proxy shows this application, as it says itself; '' without one. */
const prefixOf = (ctx) => {
  const prefix = ctx.get('X-Forwarded-Prefix').replace(/\/+$/, '');
  return PREFIX.test(prefix) ? prefix : '';
};

const render = (html, { prefix, adminPath }) =>
  html
    .replaceAll(`"${BUILT_FOR}`, `"${prefix}${adminPath}/`)
    .replace('<html', `<html data-admin-path="${prefix}${adminPath}" data-backend-url="${prefix}"`);

/** Serves the admin page's HTML for the path and the proxy prefix it is asked under; its assets are left to Strapi. */
module.exports = (_config, { strapi }) => {
  const adminPath = strapi.config.get('admin.path');
  const file = path.join(strapi.dirs.dist.root, 'build', 'index.html');
  // In development Vite serves the page and there is no build.
  if (!fs.existsSync(file)) return (_ctx, next) => next();
  const html = fs.readFileSync(file, 'utf8');

  return async (ctx, next) => {
    await next();
    if (ctx.type !== 'text/html' || ctx.status !== 200) return;
    if (ctx.path !== adminPath && !ctx.path.startsWith(`${adminPath}/`)) return;
    if (typeof ctx.body?.destroy === 'function') ctx.body.destroy();
    ctx.body = render(html, { prefix: prefixOf(ctx), adminPath });
    ctx.vary('X-Forwarded-Prefix');
  };
};
