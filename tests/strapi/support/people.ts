import type { Core } from '@strapi/strapi';
import type { Response } from 'supertest';
import { permissionUid, type PermissionId } from '../../../shared/vocabulary';
import type { Booted } from '../../support/strapi';

/** Somebody signed in to the panel. */
export interface Person {
  readonly name: string;
  /** Answer of the panel's API; `path` is absolute, e.g. /svitsms/status. */
  call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, options?: Call): Promise<Response>;
  /** Replaces everything this person's role may do. Super admins keep all. */
  may(...ids: readonly PermissionId[]): Promise<void>;
}

export interface Call {
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

const PASSWORD = 'Passw0rd-of-a-person';
const METHODS = { GET: 'get', POST: 'post', PUT: 'put', DELETE: 'delete' } as const;

type Http = Booted['http'];

/** A call of the panel's API without or with a token. */
export const callApi = async (
  http: Http,
  method: keyof typeof METHODS,
  path: string,
  { query = {}, body }: Call = {},
  token?: string,
): Promise<Response> => {
  const request = http[METHODS[method]](path).query(query);
  if (token) request.set('Authorization', `Bearer ${token}`);
  return await (body === undefined ? request : request.send(body as object)); // whatever JSON can carry is sent as it is
};

const login = async (http: Http, email: string): Promise<string> => {
  const answer = await http.post('/admin/login').send({ email, password: PASSWORD });
  const token: unknown = answer.body?.data?.token;
  if (typeof token !== 'string') throw new Error(`${email} could not sign in: ${answer.status}`);
  return token;
};

const createUser = (strapi: Core.Strapi, firstname: string, roleId: unknown): Promise<unknown> =>
  strapi.service('admin::user').create({
    firstname,
    lastname: 'Коваль',
    email: `${firstname.toLowerCase()}@example.com`,
    password: PASSWORD,
    isActive: true,
    roles: [roleId],
  });

/** @param firstname Latin letters, for it makes the e-mail address too */
export const superAdmin = async ({ strapi, http }: Booted, firstname = 'Olena'): Promise<Person> => {
  const role = await strapi.service('admin::role').getSuperAdmin();
  await createUser(strapi, firstname, role.id);
  const token = await login(http, `${firstname.toLowerCase()}@example.com`);
  return {
    name: `${firstname} Коваль`,
    call: (method, path, options) => callApi(http, method, path, options, token),
    may: () => Promise.resolve(),
  };
};

/** Somebody with a role of their own, which may do nothing at first. */
export const clerk = async ({ strapi, http }: Booted, firstname = 'Taras'): Promise<Person> => {
  const role = await strapi.service('admin::role').create({ name: `Role of ${firstname}`, description: '' });
  await createUser(strapi, firstname, role.id);
  const token = await login(http, `${firstname.toLowerCase()}@example.com`);
  return {
    name: `${firstname} Коваль`,
    call: (method, path, options) => callApi(http, method, path, options, token),
    may: async (...ids) => {
      await strapi.service('admin::role').assignPermissions(
        role.id,
        ids.map((id) => ({ action: permissionUid(id), subject: null, conditions: [], properties: {} })),
      );
    },
  };
};
