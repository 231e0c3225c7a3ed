import { queryOptions } from '@tanstack/react-query';
import { answer, client } from '@/shared/api';

/** The classes that the person keeps, without the names in them. */
export const classesQuery = queryOptions({
  queryKey: ['school-classes', 'list'],
  queryFn: () => answer(client.GET('/api/school-classes')),
});
