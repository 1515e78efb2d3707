import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Whether the server got to see the COMMIT whose answer the client never sees. */
export type Cut = 'before the server saw it' | 'after the server did it';

/** Stands between a client and its database and can lose one connection in COMMIT. */
export interface CommitProxy {
  readonly port: number;
  /** The next COMMIT loses its connection. */
  cutNextCommit(cut: Cut): void;
  /** How many were lost so far. */
  readonly cuts: () => number;
  close(): Promise<void>;
}

export const startCommitProxy = async (host: string, port: number): Promise<CommitProxy> => {
  let armed: Cut | null = null;
  let cuts = 0;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((client) => {
    keep(client);
    const database = keep(connect(port, host));
    const cut = (): void => {
      cuts++;
      client.destroy();
      database.destroy();
    };
    let lostAnswer = false;
    client.on('data', (chunk) => {
      if (armed !== null && chunk.includes('COMMIT')) {
        const how = armed;
        armed = null;
        if (how === 'before the server saw it') {
          cut();
          return;
        }
        lostAnswer = true;
      }
      database.write(chunk);
    });
    database.on('data', (chunk) => {
      if (lostAnswer) cut();
      else client.write(chunk);
    });
    client.on('close', () => database.destroy());
    database.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port, // listens on a port, so there is an address
    cutNextCommit: (cut) => {
      armed = cut;
    },
    cuts: () => cuts,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};
