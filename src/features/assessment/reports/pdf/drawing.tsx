import { Circle, Polygon, Polyline, Rect, Svg, Text as PlainText, View } from '@react-pdf/renderer';
import type { ComponentType, ReactNode, SVGProps } from 'react';
import type { ChartAnswer } from '../chart-for';
import { formsOf, type Form, type Paint, type XY } from '../svg-forms';
import { FONT_FAMILY, printable } from '../../../../platform/pdf/fonts';

/** Inside `Svg` the writer's Text takes SVG attributes, which its types list for the browser's element only. */
const SvgText = PlainText as unknown as ComponentType<Omit<SVGProps<SVGTextElement>, 'style' | 'ref'> & { style: Record<string, unknown>; children: ReactNode }>;

/** Digits and small letters stand this share of the font size below the middle of the line. */
const MIDDLE_TO_BASELINE = 0.36;

const strokeOf = (paint: Paint) => ({
  fill: paint.fill ?? 'none',
  ...(paint.stroke ? { stroke: paint.stroke, strokeWidth: paint.width, strokeDasharray: paint.dash?.join(' ') } : {}),
});
const listOf = (points: XY[]): string => points.map(({ x, y }) => `${x},${y}`).join(' ');

const formElement = (form: Form, key: number): ReactNode => {
  if (form.kind === 'rect') return <Rect key={key} x={form.x} y={form.y} width={form.width} height={form.height} fill={form.fill} />;
  if (form.kind === 'circle') return <Circle key={key} cx={form.cx} cy={form.cy} r={form.r} {...strokeOf(form.paint)} />;
  if (form.kind === 'line') return <Polyline key={key} points={listOf(form.points)} {...strokeOf(form.paint)} />;
  if (form.kind === 'area') return <Polygon key={key} points={listOf(form.points)} {...strokeOf(form.paint)} />;
  const style = { fontFamily: FONT_FAMILY, fontSize: form.size, fontWeight: form.bold ? 600 : 400 };
  return (
    <SvgText key={key} x={form.x} y={form.y + form.size * MIDDLE_TO_BASELINE} fill={form.fill} textAnchor={form.anchor} style={style}>
      {printable(form.text) || ' '}
    </SvgText>
  );
};

/** The page's drawing as vectors, `width` points wide. */
export const DrawingOnPaper = ({ chart, width }: { chart: ChartAnswer; width: number }) => {
  const scale = Math.min(1, width / chart.width);
  return (
    <View wrap={false}>
      <Svg width={chart.width * scale} height={chart.height * scale} viewBox={`0 0 ${chart.width} ${chart.height}`}>
        {formsOf(chart.svg).map(formElement)}
      </Svg>
    </View>
  );
};
