/** One more process over the same ledger: argv holds the database's connection and where the gateway is. */
import knexOf, { type Knex } from 'knex';
import { runnerOf, setUp } from './dispatcher';

interface ChildOrder {
  readonly knex: Knex.Config;
  readonly apiUrl: string;
  readonly inFlight: number;
}

const run = async (): Promise<void> => {
  const order = JSON.parse(process.argv[2] ?? '{}') as ChildOrder; // written by the suite
  const knex = knexOf(order.knex);
  const runner = runnerOf(setUp(knex, order.apiUrl, { sending: { inFlight: order.inFlight } }));
  // The loops' timers keep no process alive.
  const alive = setInterval(() => undefined, 60_000);
  process.on('message', (word) => {
    if (word === 'start') void runner.start();
    if (word === 'stop')
      void runner.stop(5_000).then(async () => {
        clearInterval(alive);
        await knex.destroy();
        process.disconnect();
      });
  });
  await knex.raw('select 1');
  process.send?.('ready');
};

run().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
