import { LogoutOutlined } from '@ant-design/icons';
import { Link, Outlet } from '@tanstack/react-router';
import { Button } from 'antd';
import { useSignOut } from '../api/session.tsx';
import { PageBoundary } from '../states/boundary.tsx';
import { useWords } from '../words/catalogue.ts';
import { kitWords } from '../words/kit.words.ts';
import type { Place } from './desk-shell.tsx';
import { WordMark } from './mark.tsx';
import { LanguageSwitch, ShadeSwitch } from './switches.tsx';
import './shell.css';

/** Frame for a citizen's phone: one column, large, the places under the thumb. */
export function PhoneShell({ places }: { places: readonly Place[] }) {
  const t = useWords(kitWords);
  const signOut = useSignOut();
  return (
    <div className="phone">
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <header className="phone-head">
        <WordMark />
        <span>
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
      </header>
      <main id="main" className="phone-main" tabIndex={-1}>
        <PageBoundary>
          <Outlet />
        </PageBoundary>
      </main>
      <nav className="phone-places" aria-label={t('navigation')}>
        {places.map(({ to, label, icon }) => (
          <Link key={to} to={to} className="phone-place" activeProps={{ 'aria-current': 'page' }}>
            <span aria-hidden="true">{icon}</span>
            <span>{label}</span>
          </Link>
        ))}
      </nav>
    </div>
  );
}
