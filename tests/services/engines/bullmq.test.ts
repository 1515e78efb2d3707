import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { v7 } from 'uuid';
import type { SubmissionId } from '../../../server/src/domain/brands';
import { createBullEngine } from '../../../server/src/strapi/adapters/bullmq-engine';
import { engineContract } from '../../support/engine-contract';

const url = process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379/5';
const redis = new Redis(url);
const prefixes: string[] = [];

/** Only keys of this prefix: other tests may use the same Redis. */
const wipe = async (prefix: string): Promise<void> => {
  const keys = await redis.keys(`${prefix}:*`);
  if (keys.length > 0) await redis.del(...keys);
};

afterAll(async () => {
  for (const prefix of prefixes) await wipe(prefix);
  redis.disconnect();
});

engineContract('bullmq', async (deps) => {
  const prefix = `svitsms-test-${v7()}`;
  prefixes.push(prefix);
  return {
    engine: await createBullEngine(deps, { url, prefix, consume: true }),
    forget: () => wipe(prefix),
    deliverAgain: async (ids: readonly SubmissionId[]) => {
      const queue = new Queue('submissions', { connection: { url }, prefix });
      await queue.addBulk(ids.map((id) => ({ name: 'submission', data: { id }, opts: { jobId: `again-${id}` } })));
      await queue.close();
    },
  };
});
