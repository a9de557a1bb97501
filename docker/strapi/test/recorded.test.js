'use strict';

const assert = require('node:assert/strict');
const { createHash } = require('node:crypto');
const fs = require('node:fs/promises');
const os = require('node:os');
const path = require('node:path');
const { Readable } = require('node:stream');
const { afterEach, beforeEach, test } = require('node:test');

const { recorded } = require('../src/uploads/recorded');

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

let publicDirectory;
let provider;

beforeEach(async () => {
  publicDirectory = await fs.mkdtemp(path.join(os.tmpdir(), 'uploads-'));
  await fs.mkdir(path.join(publicDirectory, 'uploads'));
  provider = recorded({ checkFileSize: () => 'checked', delete: () => 'deleted' }, publicDirectory);
});

afterEach(() => fs.rm(publicDirectory, { recursive: true }));

const upload = (hash, text) => ({ hash, ext: '.txt', stream: Readable.from([Buffer.from(text)]) });
const read = (name) => fs.readFile(path.join(publicDirectory, 'uploads', name), 'utf8');
const names = () => fs.readdir(path.join(publicDirectory, 'uploads'));

test('an upload is written whole, and its hash recorded', async () => {
  const file = upload('one', 'first words');

  await provider.uploadStream(file);

  assert.equal(await read('one.txt'), 'first words');
  assert.equal(file.url, '/uploads/one.txt');
  assert.deepEqual(file.provider_metadata, { sha256: sha256('first words') });
  assert.deepEqual(await names(), ['one.txt']);
});

test('an upload that breaks off leaves what was there before, and no part', async () => {
  await provider.uploadStream(upload('one', 'first words'));
  const broken = {
    hash: 'one',
    ext: '.txt',
    stream: Readable.from(
      (async function* () {
        yield Buffer.from('half');
        throw new Error('the connection is gone');
      })()
    ),
  };

  await assert.rejects(provider.replaceStream(broken, { hash: 'one', ext: '.txt' }), /the connection is gone/);

  assert.equal(await read('one.txt'), 'first words');
  assert.deepEqual(await names(), ['one.txt']);
});

test('a replaced upload under another name takes the old one away', async () => {
  await provider.uploadStream(upload('one', 'first words'));

  await provider.replaceStream(upload('two', 'other words'), { hash: 'one', ext: '.txt' });

  assert.deepEqual(await names(), ['two.txt']);
});

test('an old file that is gone already is no fault', async () => {
  await provider.replaceStream(upload('two', 'other words'), { hash: 'one', ext: '.txt' });

  assert.deepEqual(await names(), ['two.txt']);
});

test("what isn't written stays the provider's own", () => {
  assert.equal(provider.checkFileSize(), 'checked');
  assert.equal(provider.delete(), 'deleted');
});
