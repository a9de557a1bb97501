'use strict';

const path = require('node:path');

const ACTIVE = new Set(['.htm', '.html', '.mht', '.mhtml', '.shtml', '.svg', '.svgz', '.xht', '.xhtml', '.xml', '.xsl', '.xslt']);

/** An uploaded document that could run scripts is shown without rights: it shares its origin with the admin page. */
function setUploadHeaders(response, file) {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (ACTIVE.has(path.extname(file).toLowerCase())) {
    response.setHeader('Content-Security-Policy', "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'");
  }
}

module.exports = { setUploadHeaders };
