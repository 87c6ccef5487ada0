import { lazyRouteComponent, type RouteComponent } from '@tanstack/react-router';
import type { Role } from '../../src/platform/http/contract.ts';

type Portal = {
  readonly role: Exclude<Role, 'device'>;
  readonly shell: RouteComponent;
  readonly pages: Readonly<Record<string, RouteComponent>>;
};

const agency = () => import('../portals/agency/index.tsx');
const hospital = () => import('../portals/hospital/index.tsx');
const pharmacy = () => import('../portals/pharmacy/index.tsx');
const finance = () => import('../portals/finance/index.tsx');
const citizen = () => import('../portals/citizen/index.tsx');
const laboratory = () => import('../portals/laboratory/index.tsx');
const custodian = () => import('../portals/custodian/index.tsx');
const inspector = () => import('../portals/inspector/index.tsx');

/** Every portal is fetched when somebody enters it, and knows nothing of the others. */
export const portals: readonly Portal[] = [
  {
    role: 'agency',
    shell: lazyRouteComponent(agency, 'Shell'),
    pages: {
      today: lazyRouteComponent(agency, 'Today'),
      persons: lazyRouteComponent(agency, 'Persons'),
      'persons/$id': lazyRouteComponent(agency, 'Person'),
      cards: lazyRouteComponent(agency, 'Cards'),
      'cards/$id': lazyRouteComponent(agency, 'Card'),
      reader: lazyRouteComponent(agency, 'CardReader'),
      counter: lazyRouteComponent(agency, 'CardCounter'),
      orders: lazyRouteComponent(agency, 'CardOrders'),
      'orders/$id': lazyRouteComponent(agency, 'CardOrder'),
      stock: lazyRouteComponent(agency, 'CardStock'),
      'black-list': lazyRouteComponent(agency, 'BlackList'),
      settlements: lazyRouteComponent(agency, 'Settlements'),
      'settlements/$id': lazyRouteComponent(agency, 'Settlement'),
      'trace/$id': lazyRouteComponent(agency, 'TracePage'),
    },
  },
  {
    role: 'hospital',
    shell: lazyRouteComponent(hospital, 'Shell'),
    pages: {
      desk: lazyRouteComponent(hospital, 'Desk'),
      visits: lazyRouteComponent(hospital, 'Visits'),
    },
  },
  {
    role: 'pharmacy',
    shell: lazyRouteComponent(pharmacy, 'Shell'),
    pages: {
      desk: lazyRouteComponent(pharmacy, 'Desk'),
      sales: lazyRouteComponent(pharmacy, 'Sales'),
    },
  },
  {
    role: 'finance',
    shell: lazyRouteComponent(finance, 'Shell'),
    pages: {
      days: lazyRouteComponent(finance, 'Days'),
      vouchers: lazyRouteComponent(finance, 'Vouchers'),
      'vouchers/$id': lazyRouteComponent(finance, 'Voucher'),
      'lines/$id': lazyRouteComponent(finance, 'LineJournals'),
      'journals/$id': lazyRouteComponent(finance, 'Journal'),
      statements: lazyRouteComponent(finance, 'Statements'),
      'accounts/$code': lazyRouteComponent(finance, 'AccountPostings'),
      'trace/$id': lazyRouteComponent(finance, 'TracePage'),
    },
  },
  {
    role: 'citizen',
    shell: lazyRouteComponent(citizen, 'Shell'),
    pages: {
      card: lazyRouteComponent(citizen, 'MyCard'),
      account: lazyRouteComponent(citizen, 'MyAccount'),
      visits: lazyRouteComponent(citizen, 'MyVisits'),
      'visits/$id': lazyRouteComponent(citizen, 'MyVisit'),
    },
  },
  {
    role: 'custodian',
    shell: lazyRouteComponent(custodian, 'Shell'),
    pages: {
      ceremonies: lazyRouteComponent(custodian, 'Ceremonies'),
      'ceremonies/$id': lazyRouteComponent(custodian, 'Ceremony'),
      inventory: lazyRouteComponent(custodian, 'InventoryPage'),
      history: lazyRouteComponent(custodian, 'HistoryPage'),
      orders: lazyRouteComponent(custodian, 'OrdersPage'),
    },
  },
  {
    role: 'inspector',
    shell: lazyRouteComponent(inspector, 'Shell'),
    pages: {
      search: lazyRouteComponent(inspector, 'Search'),
      'trace/$id': lazyRouteComponent(inspector, 'TracePage'),
    },
  },
  {
    role: 'integrator',
    shell: lazyRouteComponent(laboratory, 'Shell'),
    pages: {
      operations: lazyRouteComponent(laboratory, 'Operations'),
      decode: lazyRouteComponent(laboratory, 'Decode'),
      scripts: lazyRouteComponent(laboratory, 'Scripts'),
    },
  },
];
