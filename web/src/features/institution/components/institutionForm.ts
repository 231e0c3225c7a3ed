import type { Institution, InstitutionCard } from '@/shared/api';

export type InstitutionKind = Institution['kind'];
export type InstitutionValues = {
  name: string;
  shortName: string;
  kind: InstitutionKind;
  address: string;
  municipal: boolean;
  /** The legal entity whose building it is. */
  legalEntity: { id: string; name: string } | null;
};

export const kinds: InstitutionKind[] = [
  'school',
  'kindergarten',
  'extended_education',
  'method_centre',
  'committee',
  'other',
];

export const emptyInstitution: InstitutionValues = { name: '', shortName: '', kind: 'school', address: '', municipal: true, legalEntity: null };

export function valuesOf(institution: InstitutionCard): InstitutionValues {
  const { name, shortName, kind, address, municipal, legalEntity } = institution;
  return {
    name,
    shortName,
    kind,
    address: address ?? '',
    municipal,
    legalEntity: legalEntity ? { id: legalEntity.id, name: legalEntity.shortName } : null,
  };
}
