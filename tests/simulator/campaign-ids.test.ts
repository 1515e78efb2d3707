import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startSimulator } from '../../simulator';
import { campaignIds } from '../../simulator/campaign-ids';
import { campaignOf, closeAll, startGateway } from './support/gateway';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'simulator-'));
});
afterEach(async () => {
  await closeAll();
  rmSync(directory, { recursive: true });
});

it.each(['with', 'without'])('never repeats over restarts, %s a data directory', async (kind) => {
  const dataDir = kind === 'with' ? join(directory, 'deep', 'er') : null;
  const seen: number[] = [];
  for (let start = 0; start < 4; start += 1) {
    const gateway = await startGateway({ dataDir });
    for (let send = 0; send < 5; send += 1) seen.push(Number(campaignOf(await gateway.sms('380501234567'))));
    await closeAll();
  }
  expect(new Set(seen).size).toBe(20);
  expect(seen).toEqual([...seen].sort((one, other) => one - other));
  expect(seen.every(Number.isSafeInteger)).toBe(true);
});

it('survives a crash between two numbers', () => {
  const before = campaignIds(directory);
  const given = Array.from({ length: 1500 }, () => Number(before.next()));
  const after = campaignIds(directory);
  expect(Number(after.next())).toBeGreaterThan(Math.max(...given));
});

it('does not guess over a damaged counter', async () => {
  writeFileSync(join(directory, 'next-campaign-id'), 'abc');
  await expect(startSimulator({ dataDir: directory })).rejects.toThrow('must hold a positive whole number');
});

it('says that a port is taken', async () => {
  const gateway = await startGateway();
  await expect(startSimulator({ port: gateway.port })).rejects.toThrow('EADDRINUSE');
});
