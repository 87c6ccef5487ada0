import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { meQuery } from '../kit/api/session.tsx';
import { Frame } from './frame.tsx';
import { homes, portalOf } from './home.ts';
import { Missing } from './missing.tsx';
import { portals } from './portals.ts';

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  component: Frame,
  notFoundComponent: Missing,
});

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async ({ context }) => {
    const me = await context.client.ensureQueryData(meQuery);
    throw redirect({ to: me ? homes[me.role] : '/sign-in' });
  },
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./sign-in.tsx'), 'SignIn'),
});

/** One branch for each portal: its shell, and its pages inside; nobody enters who works elsewhere. */
const branches = portals.map(({ role, shell, pages }) => {
  const branch = createRoute({
    getParentRoute: () => root,
    path: portalOf(role),
    component: shell,
    beforeLoad: async ({ context, location }) => {
      const me = await context.client.ensureQueryData(meQuery);
      if (!me) throw redirect({ to: '/sign-in', search: { back: location.href } as never });
      if (me.role !== role) throw redirect({ to: homes[me.role] });
    },
  });
  const index = createRoute({
    getParentRoute: () => branch,
    path: '/',
    beforeLoad: () => {
      throw redirect({ to: homes[role] });
    },
    component: Outlet,
  });
  const inside = Object.entries(pages).map(([path, component]) =>
    createRoute({ getParentRoute: () => branch, path, component }),
  );
  return branch.addChildren([index, ...inside]);
});

export const makeRouter = (client: QueryClient) =>
  createRouter({
    routeTree: root.addChildren([start, signIn, ...branches]),
    context: { client },
    defaultPreload: 'intent',
    scrollRestoration: true,
    // Search values are plain text: a saved filter reads `?state=settled`, and `2026` stays a text.
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(search as Record<string, string>).toString();
      return text ? `?${text}` : '';
    },
  });
