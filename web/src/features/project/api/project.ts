import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  answer,
  client,
  hasCode,
  type ActualValueEdit,
  type ChangeRequestDraft,
  type CheckpointEdit,
  type DecisionDraft,
  type EvidenceDraft,
  type Passport,
  type PaymentDraft,
  type Project,
  type RiskEdit,
  type StepKind,
} from '@/shared/api';

/** What the platform counts: the passport's three, coverage, and the installation's own. */
export const countedIndicatorsQuery = queryOptions({
  queryKey: ['indicators', 'counted'],
  queryFn: async () => {
    const { items } = await answer(client.GET('/api/indicators'));
    return items.filter(({ source }) => 'computed' in source);
  },
});

/** The project as it stands today; null before one was begun. */
export const projectQuery = queryOptions({
  queryKey: ['project', 'picture'],
  queryFn: async (): Promise<Project | null> => {
    try {
      return await answer(client.GET('/api/project'));
    } catch (error) {
      if (hasCode(error, 'not_found')) return null;
      throw error;
    }
  },
});

export const versionsQuery = queryOptions({
  queryKey: ['project', 'versions'],
  queryFn: () => answer(client.GET('/api/project/versions')),
});

/** One version, laid beside another or the one before. */
export function versionQuery(version: number, since?: number) {
  return queryOptions({
    queryKey: ['project', 'versions', version, since],
    queryFn: () =>
      answer(
        client.GET('/api/project/versions/{version}', {
          params: { path: { version }, query: since === undefined ? {} : { since } },
        }),
      ),
  });
}

export const validationQuery = queryOptions({
  queryKey: ['project', 'validation'],
  queryFn: () => answer(client.GET('/api/project/validation')),
});

export function requestQuery(id: string) {
  return queryOptions({
    queryKey: ['project', 'requests', id],
    queryFn: () => answer(client.GET('/api/project/change-requests/{id}', { params: { path: { id } } })),
  });
}

export function signaturesQuery(year: number, quarter: number) {
  return queryOptions({
    queryKey: ['project', 'signatures', year, quarter],
    queryFn: () =>
      answer(client.GET('/api/project/periods/{year}/{quarter}/signatures', { params: { path: { year, quarter } } })),
  });
}

/** Events of the span that a checkpoint lasts, to choose one as evidence. */
export function eventsQuery(from: Date, to: Date) {
  const query = { from: from.toISOString(), to: to.toISOString() };
  return queryOptions({
    queryKey: ['events', 'calendar', query],
    queryFn: () => answer(client.GET('/api/calendar', { params: { query } })),
  });
}

/** Every change answers with the project as it is then. */
function useChange<Input>(change: (input: Input) => Promise<Project>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (project) => {
      queries.setQueryData(projectQuery.queryKey, project);
      return Promise.all([
        queries.invalidateQueries({ queryKey: ['project'], predicate: ({ queryKey }) => queryKey[1] !== 'picture' }),
        queries.invalidateQueries({ queryKey: ['tasks'] }),
      ]);
    },
  });
}

export const useBegin = () => useChange((passport: Passport) => answer(client.POST('/api/project', { body: { passport } })));

export const useSavePassport = () =>
  useChange((body: { version: number; passport: Passport; reason?: string }) =>
    answer(client.PUT('/api/project/passport', { body })),
  );

export const useStep = () => useChange((kind: StepKind) => answer(client.POST('/api/project/steps', { body: { kind } })));

export const useDecide = () => useChange((body: DecisionDraft) => answer(client.POST('/api/project/decisions', { body })));

type InQuarter = { ordinal: number; year: number; quarter: number };

export const useEnterValue = () =>
  useChange(({ ordinal, year, quarter, ...body }: InQuarter & ActualValueEdit) =>
    answer(
      client.PUT('/api/project/actual-values/{ordinal}/{year}/{quarter}', { params: { path: { ordinal, year, quarter } }, body }),
    ),
  );

export const useRemoveValue = () =>
  useChange(({ reason, ...path }: InQuarter & { reason: string }) =>
    answer(client.DELETE('/api/project/actual-values/{ordinal}/{year}/{quarter}', { params: { path, query: { reason } } })),
  );

export const useSignPeriod = () =>
  useChange(({ year, quarter, ...body }: { year: number; quarter: number; seenRevision: number; reason: string }) =>
    answer(client.POST('/api/project/periods/{year}/{quarter}/signatures', { params: { path: { year, quarter } }, body })),
  );

export const useAddPayment = () => useChange((body: PaymentDraft) => answer(client.POST('/api/project/payments', { body })));

export const useRemovePayment = () =>
  useChange(({ id, reason }: { id: string; reason: string }) =>
    answer(client.DELETE('/api/project/payments/{id}', { params: { path: { id }, query: { reason } } })),
  );

export const useReach = () =>
  useChange(({ number, ...body }: CheckpointEdit & { number: string }) =>
    answer(client.PUT('/api/project/checkpoints/{number}', { params: { path: { number } }, body })),
  );

export const useAddEvidence = () =>
  useChange(({ number, body }: { number: string; body: EvidenceDraft }) =>
    answer(client.POST('/api/project/checkpoints/{number}/evidence', { params: { path: { number } }, body })),
  );

export const useAddDocument = () =>
  useChange(({ number, file }: { number: string; file: File }) => {
    const form = new FormData();
    form.append('file', file);
    return answer(
      client.POST('/api/project/checkpoints/{number}/documents', {
        params: { path: { number } },
        body: form as unknown as { file: string },
        bodySerializer: (body: unknown) => body as FormData,
      }),
    );
  });

export const useRemoveEvidence = () =>
  useChange((id: string) => answer(client.DELETE('/api/project/evidence/{id}', { params: { path: { id } } })));

export const useWeigh = () =>
  useChange(({ number, ...body }: RiskEdit & { number: number }) =>
    answer(client.PUT('/api/project/risks/{number}', { params: { path: { number } }, body })),
  );

export const useSubmitRequest = () =>
  useChange(({ id, version }: { id: string; version: number }) =>
    answer(client.POST('/api/project/change-requests/{id}/submission', { params: { path: { id } }, body: { version } })),
  );

/** Writes a request: a new one, or a draft anew. */
export function useSaveRequest() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ of, ...body }: ChangeRequestDraft & { of?: { id: string; version: number } }) =>
      of
        ? answer(
            client.PUT('/api/project/change-requests/{id}', {
              params: { path: { id: of.id } },
              body: { ...body, version: of.version },
            }),
          )
        : answer(client.POST('/api/project/change-requests', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['project'] }),
  });
}

export function useRemoveRequest() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(client.DELETE('/api/project/change-requests/{id}', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['project'] }),
  });
}
