// node scripts/ledger-size.mjs [--messages N] [sqlite|postgres|mysql …]: what a message takes in each database, for docs/scaling.md.
import { createRequire } from 'node:module';
import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';

const require = createRequire(import.meta.url);
require('../bench/register.cjs');
const databases = require('../tests/support/knex-ledger.ts');
const builders = require('../tests/support/store-contract/builders.ts');
const { createKnexLedger } = require('../server/src/strapi/stores/ledger.ts');

const { values, positionals } = parseArgs({ options: { messages: { type: 'string' } }, allowPositionals: true });
const TOTAL = Number(values.messages ?? 100_000);
const PORTION = 5_000;
const TABLES = ['messages', 'submissions', 'intents', 'decisions'].map((name) => `svitsms_${name}`);

/** 71 characters, mostly Cyrillic: two parts, 123 bytes in UTF-8. */
const TEXT = 'Дякуємо, Олександре! Замовлення А-1048576 прийнято, чекайте на дзвінок.';
const FIELDS = {
  number: 'A-1048576',
  customerName: 'Олександр',
  customerPhone: '067 123 45 67',
  total: 1249.5,
  state: 'new',
};
const NAMES = { rule: 'order-placed', uid: 'api::order.order' };

/** Everything that one order with one text leaves behind: intent, decision, submission, message. */
const orderRows = (index) => {
  const documentId = `z${String(index).padStart(23, '0')}`;
  const campaignId = String(10_000_000 + index);
  const times = { createdAt: builders.NOW + index };
  const intent = builders.intent({ ...times, documentId, before: null, after: FIELDS, state: 'decided', attempts: 1 });
  const decision = builders.decision({ ...times, documentId, intentId: intent.id, ruleKey: NAMES.rule });
  const submission = builders.submission({
    ...times,
    state: 'accepted',
    fence: 1,
    campaignId,
    owner: intent.id,
    polls: 3,
    finishedAt: builders.NOW,
  });
  const message = builders.message({
    ...times,
    documentId,
    intentId: intent.id,
    ruleKey: NAMES.rule,
    submissionId: submission.id,
    campaignId,
    text: TEXT,
    to: `38067${String(index % 10_000_000).padStart(7, '0')}`,
    dedupeKey: Buffer.from(intent.id.replaceAll('-', '').repeat(2), 'hex').toString('base64url'),
    segmentCount: 2,
    state: 'delivered',
    gatewayStatus: 'DELIVERED',
    attempts: 1,
    fence: 1,
    acceptedAt: builders.NOW,
    statusAt: builders.NOW,
    finalAt: builders.NOW,
  });
  return { intent, decision, submission, message };
};

const fill = async (ledger) => {
  for (let start = 0; start < TOTAL; start += PORTION) {
    const rows = Array.from({ length: Math.min(PORTION, TOTAL - start) }, (_, n) => orderRows(start + n));
    await ledger.transaction(async (inside) => {
      await inside.intents.insert(rows.map(({ intent }) => intent));
      await inside.decisions.insertNew(rows.map(({ decision }) => decision));
      await inside.submissions.insert(rows.map(({ submission }) => submission));
      await inside.messages.insertNew(rows.map(({ message }) => message));
    });
  }
};

const KINDS = {
  sqlite: {
    create: databases.createSqliteDatabase,
    sizes: async ({ knex, file }) => {
      await knex.raw('pragma wal_checkpoint(truncate)');
      return { 'whole file': { table: statSync(file).size, indexes: 0 } };
    },
  },
  postgres: {
    create: databases.createPostgresDatabase,
    sizes: async ({ knex }) => {
      const sizes = {};
      for (const name of TABLES) {
        const { rows } = await knex.raw(
          'select pg_table_size(?::regclass) as data, pg_indexes_size(?::regclass) as keys',
          [name, name],
        );
        sizes[name] = { table: Number(rows[0].data), indexes: Number(rows[0].keys) };
      }
      return sizes;
    },
  },
  mysql: {
    create: databases.createMysqlDatabase,
    sizes: async ({ knex }) => {
      const sizes = {};
      for (const name of TABLES) {
        await knex.raw('analyze table ??', [name]);
        const [rows] = await knex.raw(
          'select data_length as data, index_length as indexes from information_schema.tables where table_schema = database() and table_name = ?',
          [name],
        );
        sizes[name] = { table: Number(rows[0].data), indexes: Number(rows[0].indexes) };
      }
      return sizes;
    },
  },
};

for (const kind of positionals.length > 0 ? positionals : Object.keys(KINDS)) {
  const { create, sizes } = KINDS[kind];
  const database = await create();
  try {
    const started = performance.now();
    await fill(createKnexLedger(database.knex));
    const seconds = (performance.now() - started) / 1000;
    const found = Object.entries(await sizes(database));
    const per = (bytes) => `${Math.round(bytes / TOTAL)} B`.padStart(8);
    console.log(`${kind}: ${TOTAL} messages with intent, decision and submission, inserted in ${seconds.toFixed(1)} s`);
    for (const [name, { table, indexes }] of found)
      console.log(`  ${name.padEnd(22)} table ${per(table)}  indexes ${per(indexes)}`);
    const total = found.reduce((sum, [, { table, indexes }]) => sum + table + indexes, 0);
    console.log(`  ${'together'.padEnd(22)}       ${per(total)}  per message, ${(total / 2 ** 20).toFixed(0)} MiB`);
  } finally {
    await database.destroy();
  }
}
