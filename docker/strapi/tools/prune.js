'use strict';

/*
 * Leaves in node_modules only what the server can load. The packages of an installed Strapi are mostly the admin page's
 * sources and the tools that build it; package.json lists them as dependencies all the same, so npm keeps them.
 *
 * Follows every require() and import() with a literal name, lazy ones included, from the roots below, and removes each
 * package that no file reaches. What is loaded by a computed name is a root.
 */

const fs = require('node:fs');
const path = require('node:path');
const { builtinModules, createRequire } = require('node:module');

const APPLICATION = path.resolve(process.argv[2] ?? '.');
const MODULES = path.join(APPLICATION, 'node_modules');

const PLUGINS = [
  '@strapi/content-manager',
  '@strapi/content-releases',
  '@strapi/content-type-builder',
  '@strapi/email',
  '@strapi/i18n',
  '@strapi/plugin-users-permissions',
  '@strapi/review-workflows',
  '@strapi/upload',
];
const ROOTS = [
  ...['@strapi/strapi', '@strapi/utils', 'winston', 'pg'],
  ...PLUGINS.map((plugin) => `${plugin}/strapi-server`),
  ...['@strapi/admin/strapi-server', '@strapi/provider-upload-local', 'sharp'],
];
/** Reached by name, but only for TypeScript projects or in development. */
const UNUSED = ['@strapi/typescript-utils', '@strapi/data-transfer/cli'];
/** Kept whatever reaches them: native parts, chosen by the platform's name. */
const NATIVE = /^@img\//;

const NEEDLESS_FILE = /\.(?:map|d\.[cm]?ts|ts|tsx|flow|md|markdown|tsbuildinfo)$/i;
const NEEDLESS_DIRECTORY = /\/(?:@strapi\/[^/]+\/dist\/admin|date-fns\/(?:esm|docs)|lodash\/fp\/_mapping\.d|[^/]+\/(?:__tests__|\.github))$/;
const LICENCE = /licen[cs]e|notice|copying/i;

const REFERENCE = /\b(?:require|require\.resolve|import)\(\s*['"]([^'"\n]+)['"]\s*\)|\bfrom\s*['"]([^'"\n]+)['"]|\bimport\s*['"]([^'"\n]+)['"]/g;
const BUILTIN = new Set(builtinModules);

const seenFiles = new Set();
const kept = new Set();

const packageName = (specifier) => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');

/** The package's directory as Node would find it from this file, nested installations included. */
function packageDirectory(name, from) {
  for (let directory = path.dirname(from); directory.startsWith(APPLICATION); directory = path.dirname(directory)) {
    const candidate = path.join(directory, 'node_modules', name);
    if (fs.existsSync(path.join(candidate, 'package.json'))) return candidate;
  }
  return undefined;
}

/** A package that only ESM can load: its files are not followed, so all that it declares is kept. */
function keepWhole(directory) {
  if (kept.has(directory)) return;
  kept.add(directory);
  const manifest = JSON.parse(fs.readFileSync(path.join(directory, 'package.json'), 'utf8'));
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
    const dependency = packageDirectory(name, path.join(directory, 'package.json'));
    if (dependency !== undefined) keepWhole(dependency);
  }
}

function follow(file) {
  const pending = [file];
  while (pending.length > 0) {
    const current = pending.pop();
    if (seenFiles.has(current)) continue;
    seenFiles.add(current);
    if (/\.[cm]?js$/.test(current)) pending.push(...references(current));
  }
}

function references(file) {
  const found = [];
  for (const [, required, imported, bare] of fs.readFileSync(file, 'utf8').matchAll(REFERENCE)) {
    const specifier = required ?? imported ?? bare;
    const target = locate(specifier, file);
    if (target !== undefined) found.push(target);
  }
  return found;
}

function locate(specifier, from) {
  const isRelative = specifier.startsWith('.') || path.isAbsolute(specifier);
  if (specifier.startsWith('node:') || BUILTIN.has(specifier) || UNUSED.includes(specifier)) return undefined;
  const directory = isRelative ? undefined : packageDirectory(packageName(specifier), from);
  if (!isRelative && directory === undefined) return undefined;
  if (directory !== undefined) kept.add(directory);
  try {
    return createRequire(from).resolve(specifier);
  } catch {
    if (directory !== undefined) {
      kept.delete(directory);
      keepWhole(directory);
    }
    return undefined;
  }
}

function* packages(modules) {
  for (const entry of fs.readdirSync(modules)) {
    if (entry.startsWith('.')) continue;
    const directory = path.join(modules, entry);
    if (entry.startsWith('@')) {
      for (const scoped of fs.readdirSync(directory)) yield path.join(directory, scoped);
    } else {
      yield directory;
    }
  }
}

function sweepPackages(modules) {
  for (const directory of packages(modules)) {
    const name = path.relative(modules, directory);
    const nested = path.join(directory, 'node_modules');
    if (!kept.has(directory) && !NATIVE.test(name)) {
      fs.rmSync(directory, { recursive: true });
    } else if (fs.existsSync(nested)) {
      sweepPackages(nested);
    }
  }
}

function sweepFiles(directory) {
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    const file = path.join(directory, entry.name);
    if (entry.isDirectory()) {
      if (NEEDLESS_DIRECTORY.test(file)) fs.rmSync(file, { recursive: true });
      else sweepFiles(file);
    } else if (NEEDLESS_FILE.test(entry.name) && !LICENCE.test(entry.name)) {
      fs.rmSync(file);
    }
  }
}

const entry = path.join(APPLICATION, 'package.json');
for (const root of ROOTS) {
  const file = locate(root, entry);
  if (file === undefined) throw new Error(`${root} is not installed`);
  follow(file);
}
// Plugins are found by their manifest, which @strapi/strapi may hold nested.
PLUGINS.forEach((plugin) => kept.add(packageDirectory(plugin, entry)));

sweepPackages(MODULES);
fs.rmSync(path.join(MODULES, '.bin'), { recursive: true, force: true });
sweepFiles(MODULES);
