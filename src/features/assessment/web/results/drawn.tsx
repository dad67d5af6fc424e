import { Skeleton, useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChartFigure } from '../../../../ui/chart-figure';
import { FaultPanel } from '../../../../ui/page';
import { useResults } from './context';
import css from './results.module.css';
import type { DrawingInput } from './source';

/** A drawing made by the server at the room there is: the same picture that the PDF and the slides carry. */
export const Drawn = ({ chart, tool, section, title = false }: { chart: DrawingInput['chart']; tool?: string; section?: string; title?: boolean }) => {
  const { source, locale } = useResults();
  const theme = useComputedColorScheme('light');
  const { ref, width } = useElementSize();
  // In steps, so that a window being resized does not ask for a drawing per pixel.
  const step = Math.min(1600, Math.max(280, Math.floor(width / 20) * 20));
  const input: DrawingInput = { chart, locale, theme, width: step, ...(tool === undefined ? {} : { tool }), ...(section === undefined ? {} : { section }) };
  const drawing = useQuery({ queryKey: ['drawing', source.key, input], queryFn: () => source.drawing(input), enabled: width > 0, staleTime: Infinity, placeholderData: keepPreviousData });
  return (
    <div ref={ref} className={css.drawn} data-theme={theme}>
      {drawing.data ? <ChartFigure drawing={drawing.data} title={title} /> : drawing.error ? <FaultPanel error={drawing.error} retry={() => void drawing.refetch()} /> : <Skeleton height={200} radius="sm" />}
    </div>
  );
};
