'use strict';

const AGENT = 'api::agent.agent';
const SKILL = 'api::skill.skill';

const isWrite = ({ action }) => action === 'create' || action === 'update' || action === 'clone';

module.exports = { AGENT, SKILL, isWrite };
