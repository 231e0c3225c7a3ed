export { answer, client, problemOf } from './client';
export { ApiError, hasCode, type Problem } from './problem';
export { fullName, may, meQuery, myName, serverQuery, useMe } from './me';
export * from './rights';
export type * from './types';
