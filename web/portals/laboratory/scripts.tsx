import { useSuspenseQuery } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import type { ExampleList, ScriptReport } from '../../../src/operations/laboratory/contract.ts';
import { get } from '../../kit/api/client.ts';
import { useCommand } from '../../kit/api/command.ts';
import { useDraft } from '../../kit/drafts/draft.ts';
import { KeyButton } from '../../kit/keys/shortcut.tsx';
import { Page, Sheet } from '../../kit/shell/page.tsx';
import { Empty } from '../../kit/states/empty.tsx';
import { ProblemNote } from '../../kit/states/problem-note.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { Editor, type LineMark } from './editor.tsx';
import { Grammar } from './grammar.tsx';
import { laboratoryWords } from './laboratory.words.ts';
import { Report } from './report.tsx';

export function Scripts() {
  const t = useWords(laboratoryWords);
  const name = useName();
  const { data } = useSuspenseQuery({
    queryKey: ['laboratory', 'examples'],
    queryFn: () => get<ExampleList>('/api/laboratory/scripts/examples'),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [text, keep] = useDraft('laboratory.script', data.items[0]?.text ?? '');
  const [keepGoing, setKeepGoing] = useState(false);
  const run = useCommand<ScriptReport>();
  const start = () => run.mutate({ path: '/api/laboratory/scripts', body: { text, keep_going: keepGoing } });
  const choose = (chosen: string) => {
    keep(chosen);
    run.reset();
  };
  const { data: report, error } = run;
  return (
    <Page title={t('scripts')} note={t('scripts.note')}>
      <p className="lab-notice">{t('notice')}</p>
      <div className="lab-scripts">
        <Sheet
          title={t('script')}
          extra={
            <Checkbox checked={keepGoing} onChange={(event) => setKeepGoing(event.target.checked)}>
              {t('keep-going')}
            </Checkbox>
          }
        >
          <div className="stack">
            <div className="wrap-row lab-examples">
              {data.items.map((example) => (
                <Button
                  key={example.name}
                  size="small"
                  type={text === example.text ? 'primary' : 'default'}
                  ghost={text === example.text}
                  onClick={() => choose(example.text)}
                >
                  {name(example.title)}
                </Button>
              ))}
            </div>
            <Editor text={text} label={t('script')} marks={marksOf(report)} onChange={keep} />
            <div>
              <KeyButton
                type="primary"
                hotkey="F9"
                onPress={start}
                loading={run.isPending}
                disabled={text.trim() === ''}
              >
                {t('run')}
              </KeyButton>
            </div>
            <Grammar />
          </div>
        </Sheet>
        <Sheet title={t('results')}>
          <div aria-live="polite">
            {error && <ProblemNote problem={error} />}
            {report && !error && <Report report={report} />}
            {!report && !error && <Empty title={t('results.empty')}>{t('results.empty.note')}</Empty>}
          </div>
        </Sheet>
      </div>
    </Page>
  );
}

/** The lines of the script itself that went wrong; those of included files have no place in the editor. */
function marksOf(report: ScriptReport | undefined): ReadonlyMap<number, LineMark> {
  const marks = new Map<number, LineMark>();
  for (const { file, line, state } of report?.lines ?? []) if (file === '') marks.set(line, state);
  for (const { place } of report?.faults ?? []) if (place.file === '') marks.set(place.line, 'failed');
  return marks;
}
