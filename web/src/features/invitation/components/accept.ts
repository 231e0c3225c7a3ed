import type { InvitationAccept, InvitationCard } from '@/shared/api';

export type AcceptValues = {
  familyName: string;
  givenName: string;
  patronymic: string;
  positionCode: string | null;
  login: string;
  password: string;
  agreed: boolean;
};

/** What is sent: a person the register knows already gives a password only. */
export function acceptBody(kind: InvitationCard['kind'], values: AcceptValues, consentVersion: string): InvitationAccept {
  const { password } = values;
  if (kind !== 'link') return { password, consentVersion };
  return {
    password,
    consentVersion,
    login: values.login.trim(),
    familyName: values.familyName.trim(),
    givenName: values.givenName.trim(),
    ...(values.patronymic.trim() && { patronymic: values.patronymic.trim() }),
    ...(values.positionCode && { positionCode: values.positionCode }),
  };
}
