type Env = (name: string) => string | undefined;

/** A secret that `npm run demo` writes into playground/.env; without it Strapi would start and fail later, less plainly. */
export const secret = (env: Env, name: string): string => {
  const value = env(name);
  if (!value) throw new Error(`${name} is not set. Run "npm run demo" once, or put it into playground/.env.`);
  return value;
};
