import { v7 } from 'uuid';

/** Fills Strapi's document id where the row is found by a key of its own and nobody uses the id. */
export const uuidOf = (): string => v7();
