'use strict';

const AGENT = 'api::agent.agent';
const SKILL = 'api::skill.skill';
const MCP_SERVER = 'api::mcp-server.mcp-server';
const TASK = 'api::task.task';
const CHAT_SESSION = 'api::chat-session.chat-session';
const CHAT_MESSAGE = 'api::chat-message.chat-message';
const SUBJECTS = [AGENT, SKILL, MCP_SERVER, TASK, CHAT_SESSION];

const isWrite = ({ action }) => action === 'create' || action === 'update' || action === 'clone';

module.exports = { AGENT, CHAT_MESSAGE, CHAT_SESSION, MCP_SERVER, SKILL, SUBJECTS, TASK, isWrite };
