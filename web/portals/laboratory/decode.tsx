import { Button, Input, Segmented } from 'antd';
import type { FormEvent } from 'react';
import { type Decoded, forms } from '../../../src/operations/laboratory/contract.ts';
import { useCommand } from '../../kit/api/command.ts';
import { useDraft } from '../../kit/drafts/draft.ts';
import { KeyButton } from '../../kit/keys/shortcut.tsx';
import { useFilters } from '../../kit/lists/search.ts';
import { Page, Sheet } from '../../kit/shell/page.tsx';
import { Empty } from '../../kit/states/empty.tsx';
import { ProblemNote } from '../../kit/states/problem-note.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { DecodedLines } from './decoded-lines.tsx';
import { laboratoryWords } from './laboratory.words.ts';

const choices = ['auto', ...forms] as const;
type Choice = (typeof choices)[number];
const isChoice = (text: string | undefined): text is Choice => choices.some((choice) => choice === text);

/** Made-up data of every form. */
const examples = {
  tlv: '9F2608AABBCCDDEEFF0011 9F270180 9F101307010103A0B000010A010000000000AABBCCDD 9F36020012 95050080048000 9A03260630 9C0100 9F0206000000012345 9F1A020156 5F2A020156 82027C00 9F3303E0F8C8 9F34031E0300',
  answer: '6F1C840F7378312E73682EC9E7BBE1B1A3D5CFA50988011E9F0C038601039000',
  apdu: 'B0280101 13 01 00000064 00000000 000000C8 990100000007',
  atr: '3B6D0000 00900100018660990100000003',
  iso8583:
    '0063 6000490000 603200320501 0800 0020000000C00016 000074 3132333435363738 313233343536373839313233343536 0011 000000000030 0037 53657175656E6365204E6F32343934393130303030303130343138313243413835393239 31 0003 313233',
} as const;

export function Decode() {
  const t = useWords(laboratoryWords);
  const [{ form: named }, setFilters] = useFilters<{ form: string }>();
  const form: Choice = isChoice(named) ? named : 'auto';
  const [draft, keep] = useDraft('laboratory.decode', { data: '', command: '' });
  const decode = useCommand<Decoded>();
  const send = (data: string, as: Choice) => {
    const answers = as === 'answer' && draft.command.trim() !== '';
    const body = { data, ...(as === 'auto' ? {} : { form: as }), ...(answers ? { command: draft.command } : {}) };
    decode.mutate({ path: '/api/laboratory/decode', body });
  };
  const submit = () => draft.data.trim() !== '' && send(draft.data, form);
  const choose = (as: Choice) => {
    setFilters({ form: as === 'auto' ? '' : as });
    if (draft.data.trim() !== '') send(draft.data, as);
  };
  const show = (example: keyof typeof examples) => {
    keep({ data: examples[example], command: '' });
    setFilters({ form: '' });
    send(examples[example], 'auto');
  };
  const { data: decoded, error } = decode;
  return (
    <Page title={t('decode')} note={t('decode.note')}>
      <p className="lab-notice">{t('notice')}</p>
      <Sheet>
        <form
          className="stack"
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            submit();
          }}
        >
          <label htmlFor="decode-data">{t('decode.data')}</label>
          <Input.TextArea
            id="decode-data"
            className="mono"
            autoSize={{ minRows: 3, maxRows: 10 }}
            spellCheck={false}
            maxLength={16_384}
            value={draft.data}
            onChange={(event) => keep({ ...draft, data: event.target.value })}
          />
          {form === 'answer' && (
            <>
              <label htmlFor="decode-command">{t('decode.command')}</label>
              <Input
                id="decode-command"
                className="mono"
                spellCheck={false}
                value={draft.command}
                onChange={(event) => keep({ ...draft, command: event.target.value })}
              />
            </>
          )}
          <div className="wrap-row">
            <div className="lab-scroll">
              <Segmented
                value={form}
                onChange={choose}
                options={choices.map((value) => ({ value, label: t(`form.${value}`) }))}
                aria-label={t('decode.form')}
              />
            </div>
            <KeyButton
              type="primary"
              hotkey="F9"
              onPress={submit}
              disabled={draft.data.trim() === ''}
              loading={decode.isPending}
            >
              {t('decode.do')}
            </KeyButton>
          </div>
          <div className="wrap-row lab-examples">
            <span className="quiet">{t('example')}</span>
            {Object.keys(examples).map((example) => (
              <Button key={example} size="small" onClick={() => show(example as keyof typeof examples)}>
                {t(`example.${example as keyof typeof examples}`)}
              </Button>
            ))}
          </div>
        </form>
      </Sheet>
      <Sheet
        title={t('decode.parts')}
        extra={
          decoded && !error && <span className="quiet">{t('decode.as', { form: t(`form.${decoded.form}`) })}</span>
        }
      >
        <div aria-live="polite">
          {error && <ProblemNote problem={error} />}
          {decoded && !error && <DecodedLines lines={decoded.lines} />}
          {!decoded && !error && <Empty title={t('decode.empty')}>{t('decode.empty.note')}</Empty>}
        </div>
      </Sheet>
    </Page>
  );
}
