'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { giveId, takeTurns } = require('../src/documents/turns');

const AGENT = 'api::agent.agent';
const SERVICE = { strategy: { name: 'content-api-token' }, credentials: { name: 'Service' } };
const THEN = '2026-01-02T03:04:05.678Z';
const ADA = { documentId: 'ada', updatedAt: THEN, skills: [{ documentId: 'b' }, { documentId: 'a' }], mcpServers: [] };

/** Strapi with one entry or none, and what was asked of its database, in order. */
function strapiWith(entry, headers = {}, auth = SERVICE) {
  const asked = [];
  const rows = (table) => ({
    select: () => rows(table),
    where: () => rows(table),
    whereIn: () => rows(table),
    forUpdate: async () => (asked.push(`lock ${table}`), [{ id: 1 }]),
  });
  const trx = Object.assign(rows, { raw: async (sql, [id]) => asked.push(`lock ${id}`) });
  const relation = (name) => ({ joinTable: { name: `agents_${name}_lnk`, joinColumn: { name: 'agent_id' } } });
  const metadata = { get: () => ({ tableName: 'agents', attributes: { skills: relation('skills'), mcpServers: relation('mcp_servers') } }) };
  const strapi = {
    requestContext: { get: () => ({ state: { auth }, get: (name) => headers[name] ?? '' }) },
    documents: () => ({ findOne: async ({ documentId }) => (entry?.documentId === documentId ? entry : null) }),
    db: {
      metadata,
      transaction: async (work) => {
        asked.push('begin');
        const result = await work({ trx });
        asked.push('commit');
        return result;
      },
      query: () => ({ findOne: async () => (asked.push('find'), entry) }),
    },
  };
  return { strapi, asked };
}

const change = ({ strapi, asked }, action = 'update') =>
  takeTurns(strapi)({ uid: AGENT, action, params: { documentId: 'ada' } }, async () => (asked.push('write'), 'written'));

const expected = (members) => ({ 'expected-entry': JSON.stringify({ updatedAt: THEN, skills: ['a', 'b'], mcpServers: [], ...members }) });

for (const action of ['update', 'delete']) {
  test(`the entry is compared and written in one transaction, behind the locks of its row and its links: ${action}`, async () => {
    const stack = strapiWith(ADA, expected({}));
    assert.equal(await change(stack, action), 'written');
    assert.deepEqual(stack.asked, ['begin', 'lock agents', 'lock agents_skills_lnk', 'lock agents_mcp_servers_lnk', 'find', 'write', 'commit']);
  });

  for (const [what, members] of [
    ['an earlier change', { updatedAt: '2026-01-02T03:04:05.677Z' }],
    ['another skill', { skills: ['a', 'c'] }],
    ['a skill less', { skills: ['a'] }],
    ['a server more', { mcpServers: ['s'] }],
  ]) {
    test(`who knows only ${what} is refused: ${action}`, async () => {
      const stack = strapiWith(ADA, expected(members));
      await assert.rejects(change(stack, action), { name: 'EntryChangedError' });
      assert.ok(!stack.asked.includes('write'));
    });
  }

  test(`what is gone is not as it was: ${action}`, async () => {
    await assert.rejects(change(strapiWith(null, expected({})), action), { name: 'NotFoundError' });
  });
}

test('who expects nothing waits for the row alone', async () => {
  const stack = strapiWith(ADA);
  assert.equal(await change(stack), 'written');
  assert.deepEqual(stack.asked, ['begin', 'lock agents', 'find', 'write', 'commit']);
});

test('nobody but the service is asked what it expects', async () => {
  const admin = { strategy: { name: 'admin' }, credentials: { name: 'Service' } };
  assert.equal(await change(strapiWith(ADA, expected({ updatedAt: '2020-01-01T00:00:00Z' }), admin)), 'written');
});

test('a change comes later than the one before, though that seems to be of a time that is still to come', async () => {
  const before = new Date(Date.now() + 40);
  await change(strapiWith({ ...ADA, updatedAt: before.toISOString() }));
  assert.ok(Date.now() > before.getTime());
});

const ID = 'abcdefghijklmnopqrstuvw9';
const make = ({ strapi, asked }) => {
  const context = { uid: AGENT, action: 'create', params: { data: { name: 'Ada' }, populate: ['skills'] } };
  return giveId(strapi)(context, async () => (asked.push('write'), context.params.data));
};

test('a new entry has the id that the service chose', async () => {
  const stack = strapiWith(null, { 'entry-id': ID });
  assert.deepEqual(await make(stack), { name: 'Ada', documentId: ID });
  assert.deepEqual(stack.asked, ['begin', `lock ${ID}`, 'write', 'commit']);
});

test('an entry that is there already is not made again', async () => {
  const stack = strapiWith({ ...ADA, documentId: ID }, { 'entry-id': ID });
  assert.deepEqual(await make(stack), { ...ADA, documentId: ID });
  assert.ok(!stack.asked.includes('write'));
});

for (const [who, headers, auth] of [
  ['who chooses none', {}, SERVICE],
  ['who chooses none that could be one', { 'entry-id': '../x' }, SERVICE],
  ['another than the service', { 'entry-id': ID }, { strategy: { name: 'admin' } }],
]) {
  test(`Strapi chooses the id for ${who}`, async () => {
    assert.deepEqual(await make(strapiWith(null, headers, auth)), { name: 'Ada' });
  });
}
