'use strict';

const { createCipheriv, createDecipheriv, hkdfSync, randomBytes } = require('node:crypto');

const ALGORITHM = 'aes-256-gcm';
const INFO = 'claude-agent-ui mcp-server secrets v1';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORMAT = /^v1\.(?<body>[A-Za-z0-9_-]+)$/;

/** What was encrypted can't be read: under another key, for another place, or it was tampered with. */
class OtherKeyError extends Error {
  constructor() {
    super('The secret was stored under another key, or for another entry');
    this.name = 'OtherKeyError';
  }
}

/** Whether a value is what this cipher makes. */
const isEncrypted = (value) => typeof value === 'string' && FORMAT.test(value);

/**
 * Encrypts JSON values by AES-256-GCM as `v1.` and the base64url of nonce, ciphertext and tag. The key comes from a salt of
 * Strapi's by HKDF-SHA256; document and field are bound in, so that nothing can be read in another's place.
 */
function cipherOf(salt) {
  const key = Buffer.from(hkdfSync('sha256', salt, '', INFO, KEY_BYTES));
  const place = (documentId, field) => Buffer.from(JSON.stringify([documentId, field]));

  return {
    encrypt(value, documentId, field) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES }).setAAD(place(documentId, field));
      const body = Buffer.concat([nonce, cipher.update(JSON.stringify(value), 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `v1.${body.toString('base64url')}`;
    },

    decrypt(text, documentId, field) {
      const body = Buffer.from(FORMAT.exec(text)?.groups.body ?? '', 'base64url');
      if (body.length < NONCE_BYTES + TAG_BYTES) throw new OtherKeyError();
      const nonce = body.subarray(0, NONCE_BYTES);
      const tag = body.subarray(-TAG_BYTES);
      const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(place(documentId, field)).setAuthTag(tag);
      let plain;
      try {
        plain = Buffer.concat([decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
      } catch {
        throw new OtherKeyError();
      }
      return JSON.parse(plain.toString('utf8'));
    },
  };
}

module.exports = { OtherKeyError, cipherOf, isEncrypted };
