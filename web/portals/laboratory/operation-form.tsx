import { Input, Select } from 'antd';
import type { FormEvent } from 'react';
import type { OperationView, ParameterView } from '../../../src/operations/laboratory/contract.ts';
import type { ApiProblem } from '../../kit/api/problem.ts';
import { KeyButton } from '../../kit/keys/shortcut.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { laboratoryWords } from './laboratory.words.ts';

type Props = {
  readonly operation: OperationView;
  readonly values: Readonly<Record<string, string>>;
  readonly expected: string;
  readonly problem: ApiProblem | null;
  readonly busy: boolean;
  readonly onChange: (key: string, value: string) => void;
  readonly onExpected: (value: string) => void;
  readonly onSubmit: () => void;
};

/** The fields of an operation, drawn from its table of parameters. */
export function OperationForm({ operation, values, expected, problem, busy, onChange, onExpected, onSubmit }: Props) {
  const t = useWords(laboratoryWords);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form className="lab-form" onSubmit={submit}>
      {operation.parameters.map((parameter) => (
        <Field
          key={parameter.key}
          parameter={parameter}
          value={values[parameter.key] ?? ''}
          wrong={problem?.field(parameter.key)}
          onChange={(value) => onChange(parameter.key, value)}
          onSubmit={onSubmit}
        />
      ))}
      <Field
        parameter={expectedField(t('expected'))}
        value={expected}
        wrong={problem?.field('expect')}
        hint={t('expected.hint')}
        onChange={onExpected}
        onSubmit={onSubmit}
      />
      <KeyButton type="primary" hotkey="F9" onPress={onSubmit} loading={busy}>
        {t('compute')}
      </KeyButton>
    </form>
  );
}

const expectedField = (label: string): ParameterView => ({
  key: 'expected',
  label: { zh: label, en: label },
  kind: 'hex',
  optional: true,
});

type FieldProps = {
  readonly parameter: ParameterView;
  readonly value: string;
  readonly wrong: string | undefined;
  readonly hint?: string;
  readonly onChange: (value: string) => void;
  readonly onSubmit: () => void;
};

function Field({ parameter, value, wrong, hint, onChange, onSubmit }: FieldProps) {
  const t = useWords(laboratoryWords);
  const name = useName();
  const { key, label, kind, choices, optional, secret } = parameter;
  const id = `lab-${key}`;
  const count = useCount(parameter, value);
  const about = [hint, secret && t('secret')].filter(Boolean).join(' · ');
  const shared = {
    id,
    value,
    'aria-describedby': `${id}-about`,
    ...(wrong ? { status: 'error' as const, 'aria-invalid': true } : {}),
  };
  return (
    <div className="lab-field">
      <span className="lab-field-head">
        <label htmlFor={id}>{name(label)}</label>
        {optional && parameter.default === undefined && key !== 'expected' && (
          <small className="quiet">{t('optional')}</small>
        )}
        <small className="quiet lab-count">{count}</small>
      </span>
      {kind === 'choice' ? (
        <Select
          {...shared}
          onChange={onChange}
          options={(choices ?? []).map((choice) => ({ value: choice.value, label: name(choice.label) }))}
        />
      ) : (
        <Input.TextArea
          {...shared}
          className="mono"
          autoSize={{ minRows: 1, maxRows: 8 }}
          autoComplete="off"
          spellCheck={false}
          maxLength={8_192}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            // Enter computes; a value over several lines is pasted, or made with Shift.
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            onSubmit();
          }}
        />
      )}
      <small id={`${id}-about`} className={wrong ? 'lab-wrong' : 'quiet'} role={wrong ? 'alert' : undefined}>
        {wrong ?? about}
      </small>
    </div>
  );
}

/** How much has been typed, beside how much is wanted. */
function useCount({ kind, lengths }: ParameterView, value: string): string {
  const t = useWords(laboratoryWords);
  if (kind !== 'hex' && kind !== 'digits') return '';
  const wanted = lengths?.join(', ');
  const typed = value.replace(/^\s*0x/i, '').replace(/[\s:-]/g, '');
  if (kind === 'hex' && !/^[0-9A-Fa-f]*$/.test(typed)) return t('not-hex');
  const count = kind === 'hex' ? typed.length / 2 : typed.length;
  if (typed === '' && !wanted) return '';
  const unit = kind === 'hex' ? 'bytes' : 'digits';
  return wanted ? t(`${unit}.of`, { count, wanted }) : t(unit, { count });
}
