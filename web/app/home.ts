import type { Role } from '../../src/platform/http/contract.ts';

/** Where each role's own day's work begins. */
export const homes: Readonly<Record<Role, string>> = {
  agency: '/agency/today',
  hospital: '/hospital/desk',
  pharmacy: '/pharmacy/desk',
  finance: '/finance/days',
  inspector: '/inspector/search',
  citizen: '/citizen/card',
  integrator: '/laboratory/operations',
  custodian: '/custodian/ceremonies',
  device: '/sign-in',
};

/** The portal in which a role works, as its address begins: `/agency`. */
export const portalOf = (role: Role): string => homes[role].split('/').slice(0, 2).join('/');
