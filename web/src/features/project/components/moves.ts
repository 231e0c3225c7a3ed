import type { DecisionKind, Project, StepKind } from '@/shared/api';

type State = Project['lifecycle']['state'];

/** What can be done next without the Commission; the server checks again. */
export const stepsFrom: Record<State, StepKind[]> = {
  draft: ['submit'],
  submitted: ['revise'],
  rejected: ['revise'],
  approved: ['start'],
  executing: ['beginClosing'],
  changePending: [],
  suspended: ['beginClosing'],
  closing: [],
  closed: [],
};

/** What the Commission can decide; it may always instruct, until the project is closed. */
export const decisionsFrom: Record<State, DecisionKind[]> = {
  draft: ['instruct'],
  submitted: ['approve', 'reject', 'instruct'],
  rejected: ['instruct'],
  approved: ['suspend', 'instruct'],
  executing: ['instruct', 'suspend'],
  changePending: ['acceptChange', 'refuseChange', 'instruct'],
  suspended: ['resume', 'instruct'],
  closing: ['closeAsPlanned', 'closeEarly', 'reopen', 'instruct'],
  closed: [],
};
