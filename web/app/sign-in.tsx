import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import type { Me, Role } from '../../src/platform/http/contract.ts';
import { get } from '../kit/api/client.ts';
import { useCommand } from '../kit/api/command.ts';
import { meQuery } from '../kit/api/session.tsx';
import { ContactPad } from '../kit/card/card-face.tsx';
import { WordMark } from '../kit/shell/mark.tsx';
import { LanguageSwitch, ShadeSwitch } from '../kit/shell/switches.tsx';
import { ProblemNote } from '../kit/states/problem-note.tsx';
import { useWords } from '../kit/words/catalogue.ts';
import { kitWords } from '../kit/words/kit.words.ts';
import { useName } from '../kit/words/language.ts';
import { homes, portalOf } from './home.ts';
import { signInWords } from './sign-in.words.ts';
import './sign-in.css';

type Both = { readonly zh: string; readonly en: string };
type DemoUser = { readonly username: string; readonly name: Both; readonly role: Role; readonly note: Both };

/** The password of every user of the demonstration; a real installation answers /api/demo/users with 404. */
const demoPassword = 'tessera';

export function SignIn() {
  const t = useWords(signInWords);
  const client = useQueryClient();
  const navigate = useNavigate();
  const { back, ended } = useSearch({ strict: false }) as { back?: string; ended?: string };
  const kit = useWords(kitWords);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useCommand<Me>();

  const enter = (who: { username: string; password: string }) =>
    signIn.mutate(
      { path: '/api/sign-in', body: who },
      {
        onSuccess: (me) => {
          client.clear();
          client.setQueryData(meQuery.queryKey, me);
          void navigate({ href: back?.startsWith(`${portalOf(me.role)}/`) ? back : homes[me.role] });
        },
      },
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter({ username, password });
  };

  return (
    <div className="entry">
      <header className="entry-head">
        <WordMark />
        <span>
          <LanguageSwitch />
          <ShadeSwitch />
        </span>
      </header>
      <main className="entry-main">
        <div className="entry-promise">
          <span className="entry-pad">
            <ContactPad />
          </span>
          <p>{t('promise')}</p>
        </div>
        <form className="entry-form" onSubmit={submit}>
          <h1>{t('title')}</h1>
          {ended && !signIn.error && <p role="status">{kit('session.ended')}</p>}
          {signIn.error && <ProblemNote problem={signIn.error} />}
          <label htmlFor="username">{t('username')}</label>
          <Input
            id="username"
            autoComplete="username"
            value={username}
            onChange={(event) => setUsername(event.target.value)}
            required
          />
          <label htmlFor="password">{t('password')}</label>
          <Input.Password
            id="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            required
          />
          <Button type="primary" htmlType="submit" loading={signIn.isPending}>
            {t('enter')}
          </Button>
        </form>
        <Demo busy={signIn.isPending} onChoose={(name) => enter({ username: name, password: demoPassword })} />
      </main>
    </div>
  );
}

function Demo({ busy, onChoose }: { busy: boolean; onChoose: (username: string) => void }) {
  const t = useWords(signInWords);
  const name = useName();
  const { data } = useQuery({
    queryKey: ['demo-users'],
    queryFn: () => get<DemoUser[]>('/api/demo/users'),
    retry: false,
  });
  if (!data) return null;
  return (
    <section className="entry-demo">
      <h2>{t('demo')}</h2>
      <p className="quiet">{t('demo.note')}</p>
      <ul>
        {data.map((user) => (
          <li key={user.username}>
            <button type="button" className="entry-user" disabled={busy} onClick={() => onChoose(user.username)}>
              <span className="entry-role">{t(`role.${user.role}`)}</span>
              <strong>{name(user.name)}</strong>
              <span className="quiet">{name(user.note)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
