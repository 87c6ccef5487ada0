import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useWords } from '../../kit/words/catalogue.ts';
import { laboratoryWords } from './laboratory.words.ts';

/** The clipboard is there on encrypted pages only; elsewhere a selection is copied. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}

/** A small button that copies a value and says so. */
export function Copy({ text, label }: { text: string; label?: string }) {
  const t = useWords(laboratoryWords);
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), 1_500);
    return () => clearTimeout(timer);
  }, [done]);
  const words = done ? t('copied') : (label ?? t('copy'));
  return (
    <Button
      type="text"
      size="small"
      className="copy"
      icon={done ? <CheckOutlined /> : <CopyOutlined />}
      aria-label={label ? undefined : words}
      title={words}
      onClick={() => copyText(text).then(() => setDone(true))}
    >
      {label ? words : null}
    </Button>
  );
}

/** "00A40000" → "00 A4 00 00", so that lines break between bytes; other values stay as they are. */
export const spaced = (value: string): string =>
  /^([0-9A-F]{2}){3,}$/.test(value) ? value.replace(/..(?=.)/g, '$& ') : value;
