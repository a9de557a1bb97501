'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { after, beforeEach, test } = require('node:test');
const environment = require('../src/environment');
const { adminPath } = require('../src/environment/admin-path');
const { allowedOrigins } = require('../src/environment/origins');
const { maxFileSize } = require('../src/environment/upload-limit');

const before = { ...process.env };
const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'environment-'));

beforeEach(() => {
  process.env = { ...before };
});

after(() => {
  process.env = before;
  fs.rmSync(directory, { recursive: true });
});

const file = (name, content) => {
  const target = path.join(directory, name);
  fs.writeFileSync(target, content);
  return target;
};

for (const value of [undefined, '', '  ']) {
  test(`a required value that is ${JSON.stringify(value)} is refused by name`, () => {
    if (value !== undefined) process.env.JWT_SECRET = value;
    assert.throws(() => environment.required('JWT_SECRET'), { name: 'SettingError', message: /^JWT_SECRET is missing or empty/ });
  });
}

test('a secret can come from a file', () => {
  process.env.JWT_SECRET_FILE = file('jwt', 'from-a-file\n');
  assert.equal(environment.required('JWT_SECRET'), 'from-a-file');
});

test('a secret file that is not there is named', () => {
  process.env.JWT_SECRET_FILE = path.join(directory, 'nowhere');
  assert.throws(() => environment.required('JWT_SECRET'), /JWT_SECRET_FILE can't be read \(ENOENT\)/);
});

test('upload limit: 50 MB unless set, and only a whole number', () => {
  assert.equal(maxFileSize(), 52428800);
  process.env.MAX_FILE_SIZE = '1000';
  assert.equal(maxFileSize(), 1000);
  for (const wrong of ['0', '-1', '1.5', '50MB', '99999999999']) {
    process.env.MAX_FILE_SIZE = wrong;
    assert.throws(maxFileSize, /^SettingError: MAX_FILE_SIZE must be a whole number/);
  }
});

test('admin path: /admin unless set, normalised, and never over the API', () => {
  assert.equal(adminPath(), '/admin');
  process.env.ADMIN_PATH = 'manage/cms/';
  assert.equal(adminPath(), '/manage/cms');
  for (const wrong of ['/', '/api', '/api/x', '/uploads', '/_health', '/a b', '/a"b', '/a/../b']) {
    process.env.ADMIN_PATH = wrong;
    assert.throws(adminPath, /^SettingError: ADMIN_PATH/);
  }
});

test('origins: the documented two unless set, and only origins', () => {
  assert.deepEqual(allowedOrigins(), ['http://localhost:5173', 'http://localhost:3001']);
  process.env.STRAPI_CORS_ORIGIN = 'https://a.example, https://b.example:8443';
  assert.deepEqual(allowedOrigins(), ['https://a.example', 'https://b.example:8443']);
  for (const wrong of ['a.example', 'https://a.example/', 'https://a.example/x', 'null']) {
    process.env.STRAPI_CORS_ORIGIN = wrong;
    assert.throws(allowedOrigins, /^SettingError: STRAPI_CORS_ORIGIN/);
  }
});
