'use strict';

/**
 * Strapi re-encodes pictures to save space and makes smaller ones besides. What the service stores is what a model is to see of a run:
 * it stays byte for byte what was sent, and nobody looks at it in small.
 */
function keepAsSent(images, isForService) {
  const { isImage } = images;
  images.isImage = async (file) => !isForService() && isImage(file);
}

module.exports = { keepAsSent };
