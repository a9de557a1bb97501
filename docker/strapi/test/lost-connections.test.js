'use strict';

const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { test } = require('node:test');

const MODULE = path.resolve(__dirname, '../src/startup/lost-connections');

function rejecting(error) {
  const script = `
    require(${JSON.stringify(MODULE)}).surviveLostConnections({ warn: console.log });
    Promise.reject(${error});
    setTimeout(() => console.log('lives'), 50);`;
  return spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
}

for (const lost of [
  "Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })",
  "Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' })",
  "new Error('Connection terminated unexpectedly')",
]) {
  test(`a statement that nobody waits for may fail with ${lost}`, () => {
    const run = rejecting(lost);
    assert.equal(run.status, 0);
    assert.match(run.stdout, /^The database went away.*\nlives\n$/);
  });
}

for (const other of ["new TypeError('x is not a function')", "Object.assign(new Error('duplicate key'), { code: '23505' })", 'undefined']) {
  test(`${other}, caught by nobody, ends the process`, () => {
    const run = rejecting(other);
    assert.notEqual(run.status, 0);
    assert.doesNotMatch(run.stdout, /lives/);
  });
}
