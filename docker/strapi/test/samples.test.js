'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { agents, skills } = require('../src/bootstrap/samples/content');
const agentSchema = require('../src/api/agent/content-types/agent/schema.json');
const skillSchema = require('../src/api/skill/content-types/skill/schema.json');

function assertFits(entry, { attributes }) {
  for (const [name, value] of Object.entries(entry)) {
    const attribute = attributes[name];
    assert.ok(attribute, `${name} is an attribute`);
    if (typeof value === 'string') {
      assert.ok(value.length >= (attribute.minLength ?? 0) && value.length <= (attribute.maxLength ?? Infinity), name);
    }
    if (typeof value === 'number') assert.ok(value >= attribute.min && value <= attribute.max, name);
  }
}

test('sample agents fit their content type, and their skills exist', () => {
  const names = skills.map(({ name }) => name);
  for (const agent of agents) {
    assertFits(agent, agentSchema);
    assert.ok(agent.skills.length > 0 && agent.skills.every((name) => names.includes(name)));
    assert.ok(agent.temperature === undefined || agent.topP === undefined);
  }
});

test('sample skills fit their content type', () => {
  skills.forEach((skill) => assertFits(skill, skillSchema));
});
