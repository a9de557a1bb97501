'use strict';

const { AGENT, SKILL } = require('../../documents/subjects');
const { agents, skills } = require('./content');

const DECIDED = { type: 'core', name: 'samples', key: 'decided' };

/**
 * Gives a fresh database a few agents to start from. Whether it was fresh is decided once and remembered with the
 * data, so that deleted samples stay deleted.
 */
async function provisionSamples(strapi) {
  if (await strapi.store.get(DECIDED)) return;
  await strapi.db.transaction(async () => {
    const fresh = (await strapi.db.query(AGENT).count()) === 0;
    if (fresh) await create(strapi);
    await strapi.store.set({ ...DECIDED, value: { fresh } });
  });
}

async function create(strapi) {
  const ids = new Map();
  for (const skill of skills) {
    const existing = await strapi.db.query(SKILL).findOne({ where: { name: skill.name }, select: ['documentId'] });
    const { documentId } = existing ?? (await strapi.documents(SKILL).create({ data: { ...skill } }));
    ids.set(skill.name, documentId);
  }
  for (const agent of agents) {
    await strapi.documents(AGENT).create({ data: { ...agent, skills: agent.skills.map((name) => ids.get(name)) } });
  }
  strapi.log.info(`Created ${agents.length} sample agents and ${skills.length} sample skills`);
}

module.exports = { provisionSamples };
