'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { after, test } = require('node:test');
const adminPage = require('../src/middlewares/admin-page');

const HTML = '<!DOCTYPE html><html lang="en"><script src="/admin/strapi-1.js"></script></html>';
const root = fs.mkdtempSync(path.join(os.tmpdir(), 'admin-page-'));
fs.mkdirSync(path.join(root, 'build'));
fs.writeFileSync(path.join(root, 'build', 'index.html'), HTML);
after(() => fs.rmSync(root, { recursive: true }));

async function serve({ adminPath = '/admin', requested = adminPath, prefix = '', type = 'text/html' }) {
  const strapi = { config: { get: () => adminPath }, dirs: { dist: { root } } };
  const context = { path: requested, type, status: 200, body: HTML, varied: [], get: () => prefix };
  context.vary = (field) => context.varied.push(field);
  await adminPage(undefined, { strapi })(context, async () => {});
  return context;
}

test('the page is told its path and where the API is', async () => {
  const { body, varied } = await serve({});
  assert.match(body, /<html data-admin-path="\/admin" data-backend-url="" lang/);
  assert.match(body, /src="\/admin\/strapi-1.js"/);
  assert.deepEqual(varied, ['X-Forwarded-Prefix']);
});

test('ADMIN_PATH and a proxy prefix move the page', async () => {
  const { body } = await serve({ adminPath: '/manage', requested: '/manage/content-manager', prefix: '/strapi/' });
  assert.match(body, /data-admin-path="\/strapi\/manage" data-backend-url="\/strapi"/);
  assert.match(body, /src="\/strapi\/manage\/strapi-1.js"/);
});

for (const prefix of ['"><script>', '//evil.example', '/a b', 'https://evil.example', '/a/../b']) {
  test(`the prefix ${prefix} is not believed`, async () => {
    const { body } = await serve({ prefix });
    assert.match(body, /data-admin-path="\/admin" data-backend-url=""/);
  });
}

test('other answers pass untouched', async () => {
  assert.equal((await serve({ requested: '/uploads/page.html' })).body, HTML);
  assert.equal((await serve({ requested: '/administrators' })).body, HTML);
  assert.equal((await serve({ type: 'application/json' })).body, HTML);
});
