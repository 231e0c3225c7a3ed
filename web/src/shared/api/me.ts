import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { answer, client } from './client';
import type { Me } from './types';

/** Who is looking: a person, a guest, or nobody. The router loads it before any page is shown. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => answer(client.GET('/api/me')),
  staleTime: 60_000,
});

export const serverQuery = queryOptions({
  queryKey: ['server'],
  queryFn: () => answer(client.GET('/api/server')),
  staleTime: Infinity,
});

export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** True when the server says that this person may do the named thing; the server checks again. */
export function may(me: Me, capability: string): boolean {
  return me.capabilities.includes(capability);
}

/** «Иванова Анна Петровна», or the name a guest typed. */
export function fullName(who: { familyName: string; givenName: string; patronymic?: string | null }): string {
  return [who.familyName, who.givenName, who.patronymic].filter(Boolean).join(' ');
}

export function myName(me: Me): string {
  if (me.person) return fullName(me.person);
  return me.guest?.name ?? me.kit?.name ?? '';
}
