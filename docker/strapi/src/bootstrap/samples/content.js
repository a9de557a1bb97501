'use strict';

const fs = require('node:fs');
const path = require('node:path');

const text = (...parts) => fs.readFileSync(path.join(__dirname, ...parts), 'utf8').trim();

const skill = (name, attributes) => ({
  name,
  content: text('skills', `${name}.md`),
  version: '1.0.0',
  license: 'Apache-2.0',
  ...attributes,
});

const agent = (slug, attributes) => ({
  slug,
  systemPrompt: text('agents', `${slug}.md`),
  enabled: true,
  ...attributes,
});

const skills = [
  skill('structured-findings', {
    displayName: 'Structured findings',
    description: 'Reports problems in one form: title, severity, evidence, consequence, remedy, confidence.',
    category: 'reporting',
  }),
  skill('plain-language', {
    displayName: 'Plain language',
    description: 'Makes text understandable at first reading.',
    category: 'writing',
  }),
];

const agents = [
  agent('code-reviewer', {
    name: 'Code reviewer',
    description: 'Reads a diff or a file and reports what is wrong, unsafe or fragile, the most serious first.',
    model: 'sonnet',
    temperature: 0.2,
    maxTokens: 4096,
    skills: ['structured-findings'],
    metadata: { sample: true },
  }),
  agent('writing-editor', {
    name: 'Writing editor',
    description: 'Makes a draft clearer and shorter while it stays its author\'s.',
    model: 'sonnet',
    temperature: 0.4,
    maxTokens: 4096,
    skills: ['plain-language'],
    metadata: { sample: true },
  }),
  agent('research-explainer', {
    name: 'Research explainer',
    description: 'Explains a subject well enough to decide or act on it, and says how sure it is.',
    model: 'sonnet',
    temperature: 0.3,
    maxTokens: 4096,
    skills: ['plain-language'],
    metadata: { sample: true },
  }),
];

module.exports = { agents, skills };
