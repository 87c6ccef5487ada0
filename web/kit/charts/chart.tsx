import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use as register } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { dark, light, type Palette } from '../theme/palette.ts';
import { sans, useShade } from '../theme/theme.tsx';
import './charts.css';

register([BarChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

type Props = {
  /** The written question this chart answers. */
  readonly question: string;
  readonly option: (palette: Palette) => EChartsCoreOption;
  readonly height?: number;
};

/** An SVG chart in the colours of the page; its figures stand beneath it as a table, put there by the caller. */
export default function Chart({ question, option, height = 240 }: Props) {
  const { shade } = useShade();
  const frame = useRef<HTMLDivElement>(null);
  const palette = shade === 'dark' ? dark : light;

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const chart = init(element, null, { renderer: 'svg' });
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(element);
    chart.setOption({
      textStyle: { fontFamily: sans, color: palette.quiet },
      animationDuration: 300,
      ...option(palette),
    });
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [option, palette]);

  return <div ref={frame} className="chart" style={{ height }} role="img" aria-label={question} />;
}
