import type { Me, Role } from './types';

/**
 * What to offer on the page. The same rules stand on the server (`model/src/role.rs`), which decides;
 * these only keep buttons that would be refused out of sight.
 */
function holds(me: Me, role: Role, institutionId?: string): boolean {
  return me.grants.some(
    (grant) =>
      grant.role === role &&
      (institutionId === undefined
        ? grant.scopeKind === 'city'
        : grant.scopeKind === 'institution' && grant.scopeId === institutionId),
  );
}

export function isAdministrator(me: Me): boolean {
  return holds(me, 'administrator');
}

/** City-wide work with people and institutions. */
export function keepsCityRegister(me: Me): boolean {
  return isAdministrator(me) || holds(me, 'methodologist');
}

/** Reading the registers of the whole city. */
export function readsCityRegister(me: Me): boolean {
  return keepsCityRegister(me) || holds(me, 'official');
}

/** Editing this institution's people, inviting them, issuing their reset links. */
export function keepsInstitution(me: Me, institutionId: string): boolean {
  return keepsCityRegister(me) || holds(me, 'coordinator', institutionId);
}

/** Reading what this institution's people do. */
export function readsInstitution(me: Me, institutionId: string): boolean {
  return readsCityRegister(me) || keepsInstitution(me, institutionId) || holds(me, 'director', institutionId);
}

/** The institutions whose people this person keeps as a coordinator; city-wide keepers have all of them. */
export function institutionsKept(me: Me): { id: string; name: string }[] {
  return me.grants.flatMap((grant) =>
    grant.role === 'coordinator' && grant.scopeKind === 'institution' && grant.scopeId
      ? [{ id: grant.scopeId, name: grant.scopeName ?? '' }]
      : [],
  );
}

/** The institutions that this person answers for, as coordinator or director. */
export function institutionsLed(me: Me): { id: string; name: string }[] {
  const led = me.grants.flatMap(({ role, scopeKind, scopeId, scopeName }) =>
    (role === 'coordinator' || role === 'director') && scopeKind === 'institution' && scopeId
      ? [{ id: scopeId, name: scopeName ?? '' }]
      : [],
  );
  return led.filter(({ id }, place) => led.findIndex((one) => one.id === id) === place);
}

/** Whether there is anyone this person may invite. */
export function invites(me: Me): boolean {
  return keepsCityRegister(me) || institutionsKept(me).length > 0;
}
