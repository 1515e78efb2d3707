import { simulatorCommand } from '../../cli/commands/simulator';
import { UsageError } from '../../cli/command';
import { readOptions } from '../../cli/options';

const SPECS = {
  port: { value: 'N', help: '' },
  'data-dir': { value: 'DIR', help: '' },
  quiet: { help: '' },
  name: { value: 'NAME', help: '', multiple: true },
};
const read = (argv: string[], env: Record<string, string> = {}): Record<string, readonly string[]> =>
  Object.fromEntries(readOptions(SPECS, argv, env, 'APP_'));

it('takes options first from the line, then from the environment', () => {
  expect(read(['--port', '1', '--quiet'], { APP_PORT: '2', APP_DATA_DIR: '/d', APP_QUIET: 'no' })).toEqual({
    port: ['1'],
    'data-dir': ['/d'],
    quiet: ['true'],
  });
  expect(read([], { APP_QUIET: '1', APP_NAME: 'A, B', APP_PORT: '' })).toEqual({ quiet: ['true'], name: ['A', 'B'] });
  expect(read(['--name', 'A', '--name=B'])).toEqual({ name: ['A', 'B'] });
  expect(read([], { APP_QUIET: 'off' })).toEqual({});
});

it.each([[['--nothing']], [['--port']], [['stray']]])('refuses %j', (argv) => {
  expect(() => read(argv)).toThrow(UsageError);
});

it.each([
  [['--port', 'x'], '--port: write a number from 0 to 65535.'],
  [['--port', '0', '--balance', '1,5'], 'settings.balance: write a decimal'],
  [['--port', '0', '--push-url', 'nowhere'], 'settings.push.url: write a URL'],
])('tells what is wrong with %j', async (argv, message) => {
  await expect(simulatorCommand.run(argv, {})).rejects.toThrow(message);
});

it('describes every option with its variable', () => {
  for (const name of ['PORT', 'DATA_DIR', 'ANY_LOGIN', 'SENT_AFTER']) {
    expect(simulatorCommand.usage).toContain(`[SVITSMS_SIMULATOR_${name}]`);
  }
});
