'use strict';

const AGENT = 'api::agent.agent';
const SKILL = 'api::skill.skill';
const MCP_SERVER = 'api::mcp-server.mcp-server';
const SUBJECTS = [AGENT, SKILL, MCP_SERVER];

const isWrite = ({ action }) => action === 'create' || action === 'update' || action === 'clone';

module.exports = { AGENT, MCP_SERVER, SKILL, SUBJECTS, isWrite };
