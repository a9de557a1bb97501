'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');

const { keepAsSent } = require('../src/uploads/as-sent');

test('what the service stores is no picture to Strapi, what others upload is', async () => {
  let isForService = true;
  const images = { isImage: async (file) => file === 'picture' };
  keepAsSent(images, () => isForService);

  assert.equal(await images.isImage('picture'), false);
  isForService = false;
  assert.equal(await images.isImage('picture'), true);
  assert.equal(await images.isImage('text'), false);
});
