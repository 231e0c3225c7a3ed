import type { Minutes, MinutesBody, MinutesEdit } from '@/shared/api';

export type MinutesValues = { number: string; body: MinutesBody };

export const valuesOf = ({ number, body }: Minutes): MinutesValues => ({ number, body });

/** The edit that goes to the server: empty lines that were added and left alone are not part of it. */
export function editOf({ number, body }: MinutesValues, seen: string | null): MinutesEdit {
  return {
    number,
    updatedAt: seen,
    body: {
      ...body,
      attended: body.attended.filter((one) => one.name.trim() !== ''),
      items: body.items
        .map((item) => ({ ...item, decided: item.decided?.filter((decision) => decision.text.trim() !== '') ?? [] }))
        .filter((item) => item.topic.trim() !== '' || item.decided.length > 0),
    },
  };
}

/** A list without its place `at`, with `to` in its stead where there is one. */
export function put<T>(list: T[], at: number, to?: T): T[] {
  return list.flatMap((one, place) => (place !== at ? [one] : to === undefined ? [] : [to]));
}
