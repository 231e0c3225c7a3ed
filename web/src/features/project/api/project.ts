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
  type RemarkEdit,
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

/** What a piece of evidence proves: a checkpoint, or a value, with the reason where its quarter is signed. */
export type Proves = { checkpoint: string } | { value: InQuarter; reason: string };

export const useAddEvidence = () =>
  useChange(({ proves, body }: { proves: Proves; body: EvidenceDraft }) =>
    'checkpoint' in proves
      ? answer(client.POST('/api/project/checkpoints/{number}/evidence', { params: { path: { number: proves.checkpoint } }, body }))
      : answer(
          client.POST('/api/project/actual-values/{ordinal}/{year}/{quarter}/evidence', {
            params: { path: proves.value },
            body: { ...body, reason: proves.reason },
          }),
        ),
  );

export const useAddDocument = () =>
  useChange(({ proves, file }: { proves: Proves; file: File }) => {
    const form = new FormData();
    if ('reason' in proves) form.append('reason', proves.reason);
    form.append('file', file);
    const sent = { body: form as unknown as { file: string }, bodySerializer: (body: unknown) => body as FormData };
    return 'checkpoint' in proves
      ? answer(client.POST('/api/project/checkpoints/{number}/documents', { params: { path: { number: proves.checkpoint } }, ...sent }))
      : answer(client.POST('/api/project/actual-values/{ordinal}/{year}/{quarter}/documents', { params: { path: proves.value }, ...sent }));
  });

export const useRemoveEvidence = () =>
  useChange(({ id, reason }: { id: string; reason: string }) =>
    answer(client.DELETE('/api/project/evidence/{id}', { params: { path: { id }, query: { reason } } })),
  );

/** What the report of a quarter says beside its figures. */
export function remarksQuery(year: number, quarter: number) {
  return queryOptions({
    queryKey: ['project', 'remarks', year, quarter],
    queryFn: () => answer(client.GET('/api/project/periods/{year}/{quarter}/remarks', { params: { path: { year, quarter } } })),
  });
}

export const useSaveRemark = () =>
  useChange(({ year, quarter, ...body }: RemarkEdit & { year: number; quarter: number }) =>
    answer(client.PUT('/api/project/periods/{year}/{quarter}/remarks', { params: { path: { year, quarter } }, body })),
  );

export const useWeigh = () =>
  useChange(({ number, ...body }: RiskEdit & { number: number }) =>
    answer(client.PUT('/api/project/risks/{number}', { params: { path: { number } }, body })),
  );

export const useSubmitRequest = () =>
  useChange(({ id, version }: { id: string; version: number }) =>
    answer(client.POST('/api/project/change-requests/{id}/submission', { params: { path: { id } }, body: { version } })),
  );

/** Reads a passport from DOCX or plain text; nothing is kept. */
export function useReadPaper() {
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append('file', file);
      return answer(
        client.POST('/api/project/reading', {
          body: form as unknown as { file: string },
          bodySerializer: (body: unknown) => body as FormData,
        }),
      );
    },
  });
}

/** What a careful reader would notice in a passport that is not saved. */
export function useCheckPassport() {
  return useMutation({
    mutationFn: (passport: Passport) => answer(client.POST('/api/project/validation', { body: { passport } })),
  });
}

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
