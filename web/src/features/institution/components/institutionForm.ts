import type { Institution } from '@/shared/api';

export type InstitutionKind = Institution['kind'];
export type InstitutionValues = { name: string; shortName: string; kind: InstitutionKind; address: string };

export const kinds: InstitutionKind[] = [
  'school',
  'kindergarten',
  'extended_education',
  'method_centre',
  'committee',
  'other',
];

export const emptyInstitution: InstitutionValues = { name: '', shortName: '', kind: 'school', address: '' };

export function valuesOf(institution: Institution): InstitutionValues {
  const { name, shortName, kind, address } = institution;
  return { name, shortName, kind, address: address ?? '' };
}
