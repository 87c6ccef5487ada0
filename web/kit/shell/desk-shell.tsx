import { LogoutOutlined } from '@ant-design/icons';
import { Link, Outlet } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useMe, useSignOut } from '../api/session.tsx';
import { PageBoundary } from '../states/boundary.tsx';
import { useWords } from '../words/catalogue.ts';
import { kitWords } from '../words/kit.words.ts';
import { useName } from '../words/language.ts';
import { WordMark } from './mark.tsx';
import { LanguageSwitch, ShadeSwitch } from './switches.tsx';
import './shell.css';

export type Place = { readonly to: string; readonly label: string; readonly icon: ReactNode };

/** Frame of a desk: places at the side (on top of a narrow screen), the work in the middle. */
export function DeskShell({ title, places }: { title: string; places: readonly Place[] }) {
  const t = useWords(kitWords);
  const me = useMe();
  const name = useName();
  const who = name({ zh: me.name, en: me.name_en ?? me.name });
  const signOut = useSignOut();
  return (
    <div className="desk">
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <header className="desk-side">
        <div className="desk-brand">
          <WordMark />
          <span className="desk-title">{title}</span>
        </div>
        <nav className="desk-places" aria-label={t('navigation')}>
          {places.map(({ to, label, icon }) => (
            <Link key={to} to={to} className="desk-place" activeProps={{ 'aria-current': 'page' }}>
              <span aria-hidden="true">{icon}</span>
              <span>{label}</span>
            </Link>
          ))}
        </nav>
        <div className="desk-foot">
          <span className="desk-user" title={who}>
            {who}
          </span>
          <span className="desk-switches">
            <LanguageSwitch />
            <ShadeSwitch />
            <Button
              type="text"
              icon={<LogoutOutlined />}
              aria-label={t('sign-out')}
              title={t('sign-out')}
              onClick={signOut}
            />
          </span>
        </div>
      </header>
      <main id="main" className="desk-main" tabIndex={-1}>
        <PageBoundary>
          <Outlet />
        </PageBoundary>
      </main>
    </div>
  );
}
