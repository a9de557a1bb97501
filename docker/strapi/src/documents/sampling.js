'use strict';

const { invalid } = require('./errors');
const { AGENT, isWrite } = require('./subjects');

const decides = (data) => data?.temperature != null || data?.topP != null;

/** Current models refuse temperature and top-p set together, so an agent can't have both. */
async function checkSampling(context, next) {
  if (context.uid !== AGENT || !isWrite(context) || !decides(context.params.data)) return next();
  const { documentId, data } = context.params;
  const before = documentId
    ? await strapi.db.query(AGENT).findOne({ where: { documentId }, select: ['temperature', 'topP'] })
    : undefined;
  const after = { ...before, ...data };
  if (after.temperature != null && after.topP != null) {
    throw invalid('topP', 'temperature and topP must not be set together: clear one of them');
  }
  return next();
}

module.exports = { checkSampling };
