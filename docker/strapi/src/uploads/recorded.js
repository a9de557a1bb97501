'use strict';

const { createHash } = require('node:crypto');
const { createWriteStream } = require('node:fs');
const { open, rename, rm, unlink } = require('node:fs/promises');
const path = require('node:path');
const { Transform } = require('node:stream');
const { pipeline } = require('node:stream/promises');

const FOLDER = 'uploads';

const nameOf = (file) => `${file.hash}${file.ext}`;

async function syncFile(name) {
  const handle = await open(name, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Strapi's own provider writes over a file that is replaced, and leaves half of it where the process ends meanwhile. This one writes
 * aside and renames, so that a path always holds one whole upload; and it records each file's SHA-256 in its row, so that a backup
 * can tell whether the file it has is the row's.
 */
function recorded(provider, publicDirectory) {
  const folder = path.resolve(publicDirectory, FOLDER);

  async function write(file) {
    const target = path.join(folder, nameOf(file));
    const aside = path.join(folder, `.${nameOf(file)}.part`);
    const hash = createHash('sha256');
    const hashing = new Transform({
      transform(chunk, encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    try {
      await pipeline(file.stream, hashing, createWriteStream(aside));
      await syncFile(aside);
      await rename(aside, target);
    } catch (error) {
      await rm(aside, { force: true });
      throw error;
    }
    file.url = `/${FOLDER}/${nameOf(file)}`;
    file.provider_metadata = { ...file.provider_metadata, sha256: hash.digest('hex') };
  }

  return Object.assign(Object.create(provider), {
    uploadStream: write,

    async replaceStream(newFile, oldFile) {
      await write(newFile);
      if (nameOf(newFile) !== nameOf(oldFile)) {
        await unlink(path.join(folder, nameOf(oldFile))).catch((error) => {
          if (error.code !== 'ENOENT') throw error;
        });
      }
    },
  });
}

module.exports = { recorded };
