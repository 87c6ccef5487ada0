import { useQuery } from '@tanstack/react-query';
import { Input, type InputRef, Select } from 'antd';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Diagnosis, RegisterVisit, VisitKind, VisitView } from '../../../src/schemes/medical/contract.ts';
import { get } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { useDraft } from '../drafts/draft.ts';
import { KeyButton } from '../keys/shortcut.tsx';
import { settlementWords } from '../settlement/settlement.words.ts';
import { Sheet } from '../shell/page.tsx';
import { ProblemNote } from '../states/problem-note.tsx';
import { useWords } from '../words/catalogue.ts';
import { useName } from '../words/language.ts';
import { deskWords } from './desk.words.ts';
import type { Terminal } from './terminal.ts';
import './desk.css';

type Draft = { kind: VisitKind; department: string; doctor: string; diagnosis: string; citizen_number: string };
type Props = {
  readonly terminal: Terminal | null;
  readonly kinds: readonly VisitKind[];
  readonly department: string;
  readonly doctorLabel: 'doctor' | 'pharmacist';
  readonly onRegistered: (visit: VisitView) => void;
};

const today = (): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());

export function RegisterForm({ terminal, kinds, department, doctorLabel, onRegistered }: Props) {
  const t = useWords(deskWords);
  const words = useWords(settlementWords);
  const name = useName();
  const form = useRef<HTMLFormElement>(null);
  const doctor = useRef<InputRef>(null);
  const empty: Draft = { kind: kinds[0]!, department, doctor: '', diagnosis: '', citizen_number: '' };
  const [draft, setDraft, clear] = useDraft<Draft>(`register.${kinds[0]}`, empty);
  const [search, setSearch] = useState('');
  const register = useCommand<VisitView>([['visits']]);
  const diagnoses = useQuery({
    queryKey: ['diagnoses', search],
    queryFn: () => get<{ items: Diagnosis[] }>('/api/diagnoses', { query: search }),
    placeholderData: (before: { items: Diagnosis[] } | undefined) => before,
  });
  const card = terminal?.card ?? null;
  const present = card?.card_number;
  useEffect(() => {
    if (present) doctor.current?.focus();
  }, [present]);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body: RegisterVisit = {
      person: card ? { card_number: card.card_number } : { citizen_number: draft.citizen_number.trim() },
      kind: draft.kind,
      department: draft.department,
      doctor: draft.doctor,
      diagnosis_code: draft.diagnosis,
      begun_on: today(),
    };
    register.mutate(
      { path: '/api/visits', body },
      {
        onSuccess: (visit) => {
          clear();
          onRegistered(visit);
        },
      },
    );
  };

  return (
    <Sheet title={card ? t('by-card', { name: card.holder_name }) : t('visit.none')}>
      {!card && <p className="quiet">{t('visit.none.detail')}</p>}
      <form ref={form} className="form-grid" onSubmit={submit}>
        {!card && (
          <Field label={t('citizen-number')} error={register.error?.field('citizen_number')}>
            <Input
              required
              maxLength={18}
              className="mono"
              value={draft.citizen_number}
              onChange={(event) => change({ citizen_number: event.target.value.toUpperCase() })}
            />
          </Field>
        )}
        {kinds.length > 1 && (
          <Field label={t('kind')}>
            <Select
              value={draft.kind}
              onChange={(kind) => change({ kind })}
              options={kinds.map((kind) => ({ value: kind, label: words(`kind.${kind}`) }))}
            />
          </Field>
        )}
        {doctorLabel === 'doctor' && (
          <Field label={t('department')} error={register.error?.field('department')}>
            <Input
              required
              maxLength={60}
              value={draft.department}
              onChange={(event) => change({ department: event.target.value })}
            />
          </Field>
        )}
        <Field label={t(doctorLabel)} error={register.error?.field('doctor')}>
          <Input
            required
            maxLength={60}
            value={draft.doctor}
            ref={doctor}
            onChange={(event) => change({ doctor: event.target.value })}
          />
        </Field>
        <Field label={t('diagnosis')} error={register.error?.field('diagnosis_code')}>
          <Select
            showSearch={{ filterOption: false, onSearch: setSearch }}
            value={draft.diagnosis || null}
            onChange={(diagnosis) => change({ diagnosis })}
            options={(diagnoses.data?.items ?? []).map((item) => ({
              value: item.code,
              label: `${item.code} ${name(item.name)}`,
            }))}
          />
        </Field>
        <div className="form-end">
          <KeyButton
            hotkey="F4"
            type="primary"
            htmlType="button"
            loading={register.isPending}
            disabled={!draft.diagnosis}
            onPress={() => form.current?.requestSubmit()}
          >
            {t('register')}
          </KeyButton>
        </div>
      </form>
      {register.error && <ProblemNote problem={register.error} />}
    </Sheet>
  );
}

function Field({ label, error, children }: { label: string; error?: string | undefined; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the field is the child
    <label className="field">
      <span>{label}</span>
      {children}
      {error && <span className="field-error">{error}</span>}
    </label>
  );
}
