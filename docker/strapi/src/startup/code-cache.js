'use strict';

/*
 * Half of Strapi's start is spent compiling some 2,800 modules. V8 can keep what it compiled; Node itself offers that
 * from version 22 on. Here the image build records it once (tools/record-code-cache.js) and each start uses it. V8 checks
 * version, flags and source length of every entry itself, and compiles afresh what doesn't fit.
 */

const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const vm = require('node:vm');

const APPLICATION = path.resolve(__dirname, '../..');
const FILE = path.join(APPLICATION, 'code-cache.bin');
const MODULES = path.join(APPLICATION, 'node_modules') + path.sep;
const INDEX_LENGTH_BYTES = 4;

const compile = Module.prototype._compile;

const isCommonJs = (filename, format) => filename.startsWith(MODULES) && format !== 'module' && !filename.endsWith('.mjs');

function scriptOf(source, filename, cachedData) {
  try {
    return new vm.Script(Module.wrap(source), {
      filename,
      cachedData,
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
  } catch {
    // An ES module in disguise, or a true syntax error: Node tells them apart.
    return undefined;
  }
}

function requireOf(module) {
  const requireFrom = (id) => module.require(id);
  requireFrom.resolve = (request, options) => Module._resolveFilename(request, module, false, options);
  requireFrom.resolve.paths = (request) => Module._resolveLookupPaths(request, module);
  requireFrom.main = process.mainModule;
  requireFrom.extensions = Module._extensions;
  requireFrom.cache = Module._cache;
  return requireFrom;
}

function intercept(cachedDataOf, onScript) {
  Module.prototype._compile = function compileWithCache(source, filename, format) {
    const script = isCommonJs(filename, format) ? scriptOf(source, filename, cachedDataOf(filename)) : undefined;
    if (script === undefined) return compile.call(this, source, filename, format);
    onScript(filename, script);
    const { exports } = this;
    return script.runInThisContext().call(exports, exports, requireOf(this), this, filename, path.dirname(filename));
  };
}

function stop() {
  Module.prototype._compile = compile;
}

function readEntries() {
  const content = fs.readFileSync(FILE);
  const start = INDEX_LENGTH_BYTES + content.readUInt32LE(0);
  const index = JSON.parse(content.toString('utf8', INDEX_LENGTH_BYTES, start));
  return new Map(index.map(([name, offset, length]) => [MODULES + name, content.subarray(start + offset, start + offset + length)]));
}

/** Loads modules with the recorded code until the returned function is called; plainly where there is no record. */
function useCodeCache() {
  if (!fs.existsSync(FILE)) return () => {};
  const entries = readEntries();
  intercept((filename) => entries.get(filename), () => {});
  return stop;
}

/** Records the code of each module loaded until the returned function is called, which writes it. */
function recordCodeCache() {
  const scripts = new Map();
  intercept(() => undefined, (filename, script) => scripts.set(filename, script));
  return () => {
    stop();
    const index = [];
    const parts = [];
    let offset = 0;
    for (const [filename, script] of scripts) {
      const data = script.createCachedData();
      index.push([filename.slice(MODULES.length), offset, data.length]);
      parts.push(data);
      offset += data.length;
    }
    const head = Buffer.from(JSON.stringify(index));
    const length = Buffer.alloc(INDEX_LENGTH_BYTES);
    length.writeUInt32LE(head.length);
    fs.writeFileSync(FILE, Buffer.concat([length, head, ...parts]));
    return { modules: index.length, bytes: offset };
  };
}

module.exports = { recordCodeCache, useCodeCache };
