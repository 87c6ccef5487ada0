import { BarsOutlined, CalculatorOutlined, CodeOutlined } from '@ant-design/icons';
import { DeskShell } from '../../kit/shell/desk-shell.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { laboratoryWords } from './laboratory.words.ts';
import './laboratory.css';

export function Shell() {
  const t = useWords(laboratoryWords);
  return (
    <DeskShell
      title={t('title')}
      places={[
        { to: '/laboratory/operations', label: t('operations'), icon: <CalculatorOutlined /> },
        { to: '/laboratory/decode', label: t('decode'), icon: <BarsOutlined /> },
        { to: '/laboratory/scripts', label: t('scripts'), icon: <CodeOutlined /> },
      ]}
    />
  );
}
