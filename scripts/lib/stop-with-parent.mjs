/**
 * Preloaded (`node --import`) into every process the demo starts. The IPC channel to the demo closes when the demo is gone,
 * even by `kill -9`; then this process ends as if asked to, so that nothing keeps the ports and the database busy.
 */
const GRACE_MS = 5_000;

if (process.channel) {
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  // A listener would keep a finished build from exiting.
  process.channel.unref();
}
