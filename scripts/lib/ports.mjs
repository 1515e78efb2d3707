import net from 'node:net';

/** Whether nobody listens on a TCP port of this host. */
export const isPortFree = (port, host = '127.0.0.1') =>
  new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', (error) => (['EADDRINUSE', 'EACCES'].includes(error.code) ? resolve(false) : reject(error)));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });

/** A port that was free a moment ago; for tests, where a rare clash only fails one run. */
export const freePort = (host = '127.0.0.1') =>
  new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** Reads a port from the environment. Throws with the variable's name and the cure. */
export const portFromEnv = (name, fallback, env = process.env) => {
  const text = env[name]?.trim();
  if (!text) return fallback;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`${name}="${text}" is not a port: give a number from 1 to 65535.`);
  return port;
};
