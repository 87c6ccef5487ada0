import { Button, Drawer } from 'antd';
import { Paper, usePrint } from '../print/paper.tsx';
import { useWords } from '../words/catalogue.ts';
import { kitWords } from '../words/kit.words.ts';
import { type ReasonView, WhyTree, type Wording } from './why-tree.tsx';

type Props = {
  /** Name of the figure asked for (`fund_fen`): its steps are marked. Null: shut. */
  readonly asked: string | null;
  readonly heading: string;
  readonly reasons: readonly ReasonView[];
  readonly wording: Wording;
  readonly onClose: () => void;
};

/** Opens beside the amount that was asked for; the page behind it stays where it was. */
export function WhyDrawer({ asked, heading, reasons, wording, onClose }: Props) {
  const t = useWords(kitWords);
  const { printing, print } = usePrint();
  const tree = (
    <WhyTree reasons={reasons} wording={wording} {...(asked ? { marks: asked.replace(/_fen$/, '') } : {})} />
  );
  return (
    <Drawer
      open={asked !== null}
      onClose={onClose}
      // The step that decided the figure comes first into sight; those it stands on are above it.
      afterOpenChange={(open) => open && document.querySelector('.why-step-marked')?.scrollIntoView({ block: 'start' })}
      size="min(560px, 100vw)"
      title={heading}
      destroyOnHidden
      extra={
        <Button size="small" onClick={print}>
          {t('print')}
        </Button>
      }
    >
      {tree}
      {printing && (
        <Paper kind="statement">
          <h1>{t('why.title')}</h1>
          <p>{heading}</p>
          {tree}
        </Paper>
      )}
    </Drawer>
  );
}
