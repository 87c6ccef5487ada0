import { Input, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { useWords } from '../words/catalogue.ts';
import { AgentRefusal } from './agent-line.ts';
import { readerWords } from './reader.words.ts';
import { RefusalNote } from './refusal-note.tsx';
import type { Reader } from './use-reader.ts';

const digits = 6;

/** Asks the agent to show its code, and takes what the clerk reads there. */
export function PairingDialog({ reader, onEnd }: { reader: Reader; onEnd: () => void }) {
  const t = useWords(readerWords);
  const { ask } = reader;
  const [fault, setFault] = useState<Error | null>(null);
  const [code, setCode] = useState('');

  useEffect(() => {
    ask('knock', {}).catch(setFault);
  }, [ask]);

  const pair = (entered: string) =>
    reader.pair(entered).then(onEnd, (why: Error) => {
      setFault(why);
      setCode('');
      // A code that ended is followed by the next.
      if (why instanceof AgentRefusal && why.code === 'agent.no_code') ask('knock', {}).catch(setFault);
    });

  return (
    <Modal
      open
      title={t('pair.title')}
      okText={t('pair')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: code.length < digits }}
      onOk={() => void pair(code)}
      onCancel={onEnd}
    >
      <p>{t('pair.where')}</p>
      <pre className="reader-command">npx tessera agent --code</pre>
      <Input
        className="reader-code mono"
        value={code}
        onChange={({ target }) => {
          const entered = target.value.replace(/\D/g, '').slice(0, digits);
          setCode(entered);
          if (entered.length === digits) void pair(entered);
        }}
        inputMode="numeric"
        autoComplete="off"
        autoFocus
        aria-label={t('pair.code')}
        placeholder="······"
      />
      {fault && <RefusalNote fault={fault} />}
    </Modal>
  );
}
