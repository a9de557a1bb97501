'use strict';

const assert = require('node:assert/strict');
const { before, test } = require('node:test');
const { OtherKeyError, cipherOf, isEncrypted } = require('../src/secrets/cipher');
const { forgotten } = require('../src/secrets/forgotten');

const SALT = 'a-salt-of-some-length';
const PLAIN = { TOKEN: 'hush', EMPTY: '' };
const cipher = cipherOf(SALT);

test('what is encrypted can be read again, and shows nothing', () => {
  const text = cipher.encrypt(PLAIN, 'doc', 'env');
  assert.deepEqual(cipherOf(SALT).decrypt(text, 'doc', 'env'), PLAIN);
  assert.ok(isEncrypted(text));
  assert.doesNotMatch(text, /hush|TOKEN/);
  assert.doesNotMatch(Buffer.from(text.slice(3), 'base64url').toString('latin1'), /hush|TOKEN/);
});

test('the same is never encrypted to the same', () => {
  assert.notEqual(cipher.encrypt(PLAIN, 'doc', 'env'), cipher.encrypt(PLAIN, 'doc', 'env'));
});

test('what an earlier release stored can be read', () => {
  const text = 'v1.XJ4yLVJl45HI8IMyBk0qnVqDOwlPNUBppa1YL0WYLTSlMwaWA2K-CIMm4TisPzP0GOANjHTVFQ';
  assert.deepEqual(cipher.decrypt(text, 'doc', 'env'), PLAIN);
});

for (const [what, salt, documentId, field] of [
  ['another key', 'another-salt', 'doc', 'env'],
  ['another document', SALT, 'cod', 'env'],
  ['another field', SALT, 'doc', 'headers'],
  ['a document and a field that only look the same together', SALT, 'doc","e', 'nv'],
]) {
  test(`it can't be read with ${what}`, () => {
    const text = cipher.encrypt(PLAIN, 'doc', 'env');
    assert.throws(() => cipherOf(salt).decrypt(text, documentId, field), OtherKeyError);
  });
}

test('not a bit of it can be changed, and none left out', () => {
  const text = cipher.encrypt(PLAIN, 'doc', 'env');
  const body = Buffer.from(text.slice(3), 'base64url');
  for (let at = 0; at < body.length; at++) {
    const changed = Buffer.from(body);
    changed[at] ^= 1;
    assert.throws(() => cipher.decrypt(`v1.${changed.toString('base64url')}`, 'doc', 'env'), OtherKeyError);
  }
  for (const wrong of ['', 'v1.', 'v1.AAAA', 'v2' + text.slice(2), text.slice(0, -4), `v1.${body.subarray(0, -1).toString('base64url')}`]) {
    assert.throws(() => cipher.decrypt(wrong, 'doc', 'env'), OtherKeyError);
  }
});

let keepSecrets;
let salt;
before(() => {
  process.env.API_TOKEN_SALT = SALT;
  salt = process.env.API_TOKEN_SALT;
  ({ keepSecrets } = require('../src/documents/secrets'));
});

async function written(action, data, documentId) {
  const context = { uid: 'api::mcp-server.mcp-server', action, params: { documentId, data } };
  const answer = await keepSecrets(context, async () => ({ ...context.params.data, id: 1 }));
  return { stored: context.params.data, answer };
}

test('what is stored of a new server is encrypted for its document, and its names told', async () => {
  const { stored, answer } = await written('create', { name: 'a', env: { A: 'hush' }, headers: '{"X-Key": "psst"}' });
  assert.match(stored.documentId, /^[a-z][a-z0-9]{23}$/);
  assert.deepEqual(cipherOf(salt).decrypt(stored.env, stored.documentId, 'env'), { A: 'hush' });
  assert.deepEqual(cipherOf(salt).decrypt(stored.headers, stored.documentId, 'headers'), { 'X-Key': 'psst' });
  assert.deepEqual(answer, { name: 'a', id: 1, documentId: stored.documentId, envNames: ['A'], headerNames: ['X-Key'] });
});

test('a change keeps what it does not name, and clears what is null', async () => {
  const { stored } = await written('update', { description: 'b', env: null, envNames: ['MADE-UP'], headerNames: ['MADE-UP'] }, 'doc');
  assert.deepEqual(stored, { description: 'b', env: null, envNames: null });
});

test('what is stored already is not encrypted again, nor taken from elsewhere', async () => {
  const { stored } = await written('update', { env: cipher.encrypt(PLAIN, 'other', 'env') }, 'doc');
  assert.deepEqual(stored, {});
});

test('a copy has no secrets', async () => {
  const { stored } = await written('clone', { name: 'copy' }, 'doc');
  assert.deepEqual(stored, { name: 'copy', env: null, envNames: null, headers: null, headerNames: null });
});

for (const wrong of ['no JSON', [], ['a'], 7, { A: 1 }, { A: null }, { A: 'x'.repeat(8001) }]) {
  test(`env can't be ${JSON.stringify(wrong).slice(0, 20)}, and the refusal doesn't quote it`, async () => {
    await assert.rejects(written('update', { env: wrong }, 'doc'), (error) => {
      assert.deepEqual(error.details.errors[0].path, ['env']);
      assert.doesNotMatch(JSON.stringify(error), /no JSON|xxx/);
      return true;
    });
  });
}

test('lists and pages of servers tell no secrets either', async () => {
  const secret = { name: 'a', env: 'v1.AAAA', headers: 'v1.AAAA' };
  const context = { uid: 'api::mcp-server.mcp-server', action: 'findMany', params: {} };
  assert.deepEqual(await keepSecrets(context, async () => [secret, null]), [{ name: 'a' }, null]);
  assert.deepEqual(await keepSecrets(context, async () => ({ entries: [secret] })), { entries: [{ name: 'a' }] });
});

test('other content types are left alone', async () => {
  const context = { uid: 'api::agent.agent', action: 'create', params: { data: { env: 'x' } } };
  assert.deepEqual(await keepSecrets(context, async () => context.params.data), { env: 'x' });
});

test('who changes where secrets go has to give them again', () => {
  const stored = { transport: 'http', url: 'https://a.example/mcp', command: null, args: null, envNames: [], headerNames: ['authorization'] };
  const asked = (change, before = stored) => forgotten(before, change, { env: 'envNames', headers: 'headerNames' });

  assert.deepEqual(asked({ url: 'https://b.example/mcp' }), ['headers']);
  assert.deepEqual(asked({ transport: 'sse' }), ['headers']);
  assert.deepEqual(asked({ args: '["--verbose"]' }), ['headers']);
  assert.deepEqual(asked({ url: 'https://b.example/mcp', headers: { authorization: 'new' } }), []);
  assert.deepEqual(asked({ url: 'https://b.example/mcp', headers: null }), []);
  assert.deepEqual(asked({ url: 'https://a.example/mcp', args: [], description: 'new' }), []);
  assert.deepEqual(asked({ url: 'https://b.example/mcp' }, { ...stored, headerNames: null }), []);
});
