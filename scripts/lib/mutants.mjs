/**
 * Guards that keep the promise "at most once, and never silent", each with the change that takes it away and the test that
 * must notice. `edits` are exact strings of the file, each occurring once; `test` is a part of the test's full name.
 */
const change = (file, find, replace) => ({ file, edits: [[find, replace]] });

export const MUTANTS = [
  {
    guard: 'an answer for an older fence changes nothing',
    ...change(
      'server/src/strapi/stores/moves.ts',
      ' && (move.fence === undefined || move.fence === now.fence)',
      ' && now.fence >= 0',
    ),
    tests: [['tests/stores/memory.test.ts', 'tests/stores/sqlite.test.ts'], 'another fence'],
  },
  {
    guard: 'the state is compared before it is changed',
    ...change('server/src/strapi/stores/moves.ts', 'move.from.includes(now.state) && ', ''),
    tests: [['tests/stores/sqlite.test.ts'], 'does nothing for another state'],
  },
  {
    guard: 'one message per dedupe key, by a unique index',
    ...change(
      'server/src/strapi/content-types/message/schema.ts',
      "unique: { dedupe_key: ['dedupe_key'] },",
      'unique: {},',
    ),
    tests: [['tests/stores/sqlite.test.ts'], 'insert a key exactly once'],
  },
  {
    guard: 'a lost answer is in doubt, not queued',
    ...change(
      'server/src/domain/outcome.ts',
      "forRecipient: all({ to: 'in_doubt', reason: result.reason, detail: result.detail }),",
      "forRecipient: all({ to: 'queued', reason: null, detail: null }),",
    ),
    tests: [['tests/guards/states.test.ts'], 'a lost answer puts'],
  },
  {
    guard: 'what died while sending is parked, not queued',
    file: 'server/src/delivery/abandoned.ts',
    edits: [
      [
        "      to: 'in_doubt' as const,\n      reason: 'process_died' as const,\n      detail,",
        "      to: 'queued' as const,\n      reason: null,\n      detail: null,",
      ],
    ],
    tests: [['tests/guards/abandoned.test.ts'], 'died while sending'],
  },
  {
    guard: 'order and intent share a transaction',
    ...change(
      'server/src/strapi/document-trigger.ts',
      'return deps.strapi.db.transaction(async ({ onCommit }) => {',
      'return (async (work: (given: { onCommit: (run: () => void) => void }) => Promise<T>) => work({ onCommit: (run) => run() }))(async ({ onCommit }) => {',
    ),
    tests: [['tests/guards/outbox.test.ts'], 'takes the order with it'],
  },
  {
    guard: 'long work of the stores lets others at the event loop',
    ...change(
      'server/src/strapi/stores/chunks.ts',
      'if (start > 0) await nextTurn();',
      'if (start < 0) await nextTurn();',
    ),
    tests: [['tests/guards/turns.test.ts'], 'between portions'],
  },
  {
    guard: 'a busy loop lets others at the event loop',
    ...change('server/src/delivery/loop.ts', 'await new Promise((resolve) => setImmediate(resolve));', ''),
    tests: [['tests/guards/turns.test.ts'], 'between turns'],
  },
  {
    guard: 'redirects are not followed',
    file: 'server/src/gateway/http-transport.ts',
    edits: [
      ['import { buildConnector, Client,', 'import { buildConnector, Client, interceptors,'],
      [
        'answer = await dispatcher.request({',
        'answer = await dispatcher.compose(interceptors.redirect({ maxRedirections: 3 })).request({',
      ],
    ],
    tests: [['tests/gateway/http-transport.test.ts'], 'to another address is not followed'],
  },
  {
    guard: 'a copied database sends nothing',
    ...change('server/src/strapi/site-guard.ts', 'problem: () => (ours ? null : COPIED),', 'problem: () => null,'),
    tests: [['tests/guards/copied-database.test.ts'], 'posts nothing until'],
  },
  {
    guard: 'one post per id, delivered as often as it may be',
    ...change(
      'server/src/delivery/send.ts',
      'if (!submission || !open.delete(id)) return null;',
      'if (!submission) return null;',
    ),
    tests: [['tests/engines/embedded.test.ts'], 'posts once when every id is delivered again'],
  },
  {
    guard: 'updates find rows by id, not by a scan of the state',
    ...change(
      'server/src/strapi/stores/message-changes.ts',
      "const STATE_IS = `coalesce(state, '') = ?`;",
      'const STATE_IS = `state = ?`;',
    ),
    tests: [['tests/stores/sqlite-plans.test.ts'], 'messages.claim uses'],
  },
  {
    guard: 'every ampersand is escaped before the library sees it',
    ...change('server/src/gateway/xml/write.ts', "text.replaceAll('&', '&amp;').replaceAll(", 'text.replaceAll('),
    tests: [['tests/gateway/xml-write.test.ts'], 'reads back exactly the text'],
  },
  {
    guard: 'a document type is refused',
    ...change('server/src/gateway/xml/read.ts', '/<!(?!--|\\[CDATA\\[)/.test(document)', 'document.length < 0'),
    tests: [['tests/gateway/xml-read.test.ts'], '<!DOCTYPE'],
  },
  {
    guard: 'a final state is never left',
    ...change('server/src/domain/message.ts', '\n  delivered: [],', "\n  delivered: ['undelivered'],"),
    tests: [['tests/guards/states.test.ts'], 'a final state is never left'],
  },
  {
    guard: 'after a 5xx nothing is sent again',
    ...change(
      'server/src/strapi/adapters/svitsms-gateway.ts',
      'error.httpStatus >= 400 && error.httpStatus < 500)',
      "error.httpStatus >= 500) return { kind: 'unavailable', fault: error.kind, detail };\n      if (error.httpStatus !== undefined && error.httpStatus >= 400)",
    ),
    tests: [['tests/guards/gateway-errors.test.ts'], 'after a 503'],
  },
  {
    guard: 'numbers in the gateway’s sentences are blotted out',
    ...change('server/src/gateway/redact.ts', "(isDateOrAddress(run) ? run : '•••')", 'run'),
    tests: [['tests/gateway/answers.test.ts'], 'numbers and credentials taken out'],
  },
  {
    guard: 'people without permission see masked numbers',
    ...change('server/src/strapi/views.ts', 'to: masked ? maskPhone(message.to) : message.to,', 'to: message.to,'),
    tests: [['tests/guards/masking.test.ts'], 'masked'],
  },
];
