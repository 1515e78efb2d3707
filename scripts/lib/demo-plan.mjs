import { randomBytes } from 'node:crypto';
import { portFromEnv } from './ports.mjs';
import { usesRealGateway } from './services.mjs';

/** Fixed and printed: the demo listens on this machine only. */
const ADMIN = { email: 'demo@example.com', password: 'Demo-shop-1' };

/** The simulator's own defaults, and one of the sender names that are active there. */
const SIMULATOR_ACCOUNT = { SVITSMS_LOGIN: '380000000000', SVITSMS_PASSWORD: 'simulator', SVITSMS_ALPHANAME: 'MyShop' };

/** A well-formed mobile number, made up. The order number is left to the shop, so the same order can be placed again. */
const ORDER = { data: { customerName: 'Олена', customerPhone: '+380500000077', total: 1249.5 } };

/** Delivery reports come by push too, as from the real gateway. */
const simulatedGateway = (port, origin) => {
  const token = randomBytes(24).toString('base64url');
  return {
    port,
    pushUrl: `${origin}/api/svitsms/push/${token}`,
    shopEnv: {
      ...SIMULATOR_ACCOUNT,
      SVITSMS_ENDPOINT: `http://127.0.0.1:${port}/api/api.php`,
      SVITSMS_PUSH_TOKEN: token,
      SVITSMS_SIMULATOR: 'true',
    },
  };
};

/** Ports, addresses and the environment of the children, from the environment of the demo. */
export const plan = (env) => {
  const port = portFromEnv('PORT', 1337, env);
  const host = env.HOST || '127.0.0.1';
  // 0.0.0.0 means "every interface": fine to listen on, no address to open.
  const origin = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;
  const simulator = usesRealGateway(env) ? null : simulatedGateway(portFromEnv('SIMULATOR_PORT', 8090, env), origin);
  return {
    origin,
    simulator,
    ports: [
      { variable: 'PORT', port, host, what: 'Strapi' },
      ...(simulator
        ? [{ variable: 'SIMULATOR_PORT', port: simulator.port, host: '127.0.0.1', what: 'the gateway simulator' }]
        : []),
    ],
    shopEnv: {
      // In production Strapi sends its session cookie over https only, and nobody could log in here.
      NODE_ENV: 'development',
      HOST: host,
      PORT: String(port),
      DEMO_ADMIN_EMAIL: ADMIN.email,
      DEMO_ADMIN_PASSWORD: ADMIN.password,
      ...simulator?.shopEnv,
    },
    ready: {
      panel: `${origin}/admin`,
      ...ADMIN,
      handset: simulator ? `http://127.0.0.1:${simulator.port}/` : null,
      orders: `${origin}/api/orders`,
      orderBody: ORDER,
    },
  };
};

/** Tells people, and by the last line programs, where everything is. */
export const announce = ({ ready }) => {
  const { panel, email, password, handset, orders, orderBody } = ready;
  console.log(`
  Panel     ${panel}
            ${email}  ${password}
  Handset   ${handset ?? 'none: SVITSMS_* is set, so real texts go out and cost money'}

  Place an order:
  curl -sS ${orders} -H 'Content-Type: application/json' -d '${JSON.stringify(orderBody)}'

  Ctrl-C stops the demo. The data stays in playground/.tmp.
`);
  console.log(`DEMO READY ${JSON.stringify(ready)}`);
};
