import { Document, Page, renderToBuffer, StyleSheet, Text, View } from '@react-pdf/renderer';
import type { InferContractRouterOutputs } from '@orpc/contract';
import { themes } from '../../lib/charts/tokens';
import { FONT_FAMILY, printable, registerFonts } from '../../platform/pdf/fonts';
import type { goalsContract } from './contract';
import type { MetricSplit } from './domain/splits';
import { moneyText } from './domain/format';
import { figureSaid, named, periodSaid, say, valueSaid } from './say';

type Answer = InferContractRouterOutputs<typeof goalsContract>['metrics'];
type Metric = Answer['metrics'][number];
export type PaperDashboard = { name: string; workspaceName: string; timeZone: string; split: MetricSplit; answer: Answer };

const { ink, ink2, ink3, mark } = themes.print;
const styles = StyleSheet.create({
  page: { paddingTop: 44, paddingBottom: 56, paddingHorizontal: 48, fontFamily: FONT_FAMILY, fontSize: 9.5, lineHeight: 1.4, color: ink },
  title: { fontSize: 17, fontWeight: 600, lineHeight: 1.3 },
  meta: { fontSize: 8, color: ink3 },
  row: { flexDirection: 'row', gap: 12, paddingVertical: 7, borderTopWidth: 0.5, borderTopColor: mark },
  part: { flexDirection: 'row', gap: 12, paddingVertical: 2.5, paddingLeft: 12 },
  what: { flex: 1 },
  figure: { width: 150 },
  strong: { fontWeight: 600 },
  foot: { position: 'absolute', top: 806, fontSize: 7.5, color: ink3 },
});

const ownerSaid = (owner: Metric['owner']): string => (owner === 'both' ? say('owner.both') : say(`owner.${owner}`));

const rangeOf = ({ low, high, unit }: Pick<Metric, 'low' | 'high'> & { unit: Metric['unit'] }, currency: string | null): string =>
  low === null || high === null ? '' : say('metric.range', { low: figureSaid(low, unit, currency), high: figureSaid(high, unit, currency) });

const MetricOnPaper = ({ metric, currency, split }: { metric: Metric; currency: string | null; split: PaperDashboard['split'] }) => {
  const untold = metric.value === null && metric.missing.length > 0;
  return (
    <View wrap={false} style={styles.row}>
      <View style={styles.what}>
        <Text style={styles.strong}>{printable(named('metric', metric.id))}</Text>
        <Text style={styles.meta}>{printable(metric.formula)}</Text>
        {metric.means.map(({ stage, criteria }, at) => <Text key={`${at} ${stage}`} style={styles.meta}>{printable(say('metric.means', { stage, criteria }))}</Text>)}
        <Text style={styles.meta}>{printable([say('metric.n', { n: metric.n }), ownerSaid(metric.owner), metric.cited].join(' · '))}</Text>
        {untold && <Text style={[styles.meta, { color: ink2 }]}>{printable([say('metric.needs'), ...metric.missing.map((need) => named('missing', need))].join(' '))}</Text>}
        {metric.value !== null && metric.parts.map((part, at) => (
          <View key={`${at} ${part.label ?? ''}`} style={styles.part}>
            <Text style={styles.what}>{printable(part.label === null ? say('split.notSaid') : split === 'origin' && (part.label === 'sales' || part.label === 'marketing') ? say(`owner.${part.label}`) : split === 'medium' && (part.label === 'online' || part.label === 'offline') ? say(`medium.${part.label}`) : part.label)}</Text>
            <Text style={{ width: 170 }}>{printable(valueSaid({ ...part, unit: metric.unit }, currency))}  <Text style={styles.meta}>{say('metric.n', { n: part.n })}</Text></Text>
          </View>
        ))}
      </View>
      <View style={styles.figure}>
        <Text style={styles.strong}>{printable(untold ? '–' : valueSaid(metric, currency))}</Text>
        <Text style={styles.meta}>{printable(metric.value === null ? '' : rangeOf(metric, currency))}</Text>
        {metric.young && <Text style={styles.meta}>{printable(say('metric.young', metric.young))}</Text>}
      </View>
    </View>
  );
};

/** A dashboard on A4: what its page shows, figures with their formula, owner, source, number of cases and range. */
export const dashboardPdf = async ({ name, workspaceName, timeZone, split, answer }: PaperDashboard): Promise<Uint8Array> => {
  registerFonts();
  const period = periodSaid(answer.period);
  const asOf = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', ...(answer.asOf ? {} : { timeStyle: 'short' }), timeZone }).format(new Date(answer.at));
  return renderToBuffer(
    <Document title={`${name}: ${period}`} creator="Lockstep" producer="Lockstep" language="en">
      <Page size="A4" style={styles.page}>
        <Text style={styles.meta}>{printable(workspaceName)}</Text>
        <Text style={styles.title}>{printable(say('mail.head', { name, period }))}</Text>
        <Text style={[styles.meta, { marginBottom: 14, marginTop: 3 }]}>{printable(`${say('metrics.source', { period, leads: answer.leads.total, money: moneyText(answer.money.total, answer.currency) })} ${asOf}`)}</Text>
        {answer.asOf && <Text style={[styles.meta, { color: ink2, marginBottom: 14 }]}>{printable(`${say('metrics.asOf', { day: asOf })} ${say('metrics.past')}`)}</Text>}
        {answer.metrics.map((metric) => <MetricOnPaper key={metric.id} metric={metric} currency={answer.currency} split={split} />)}
        <Text style={[styles.foot, { left: 48 }]} fixed>{printable(say('boards.paper', { workspace: workspaceName }))}</Text>
        <Text style={[styles.foot, { right: 48 }]} fixed render={({ pageNumber, totalPages }) => `${pageNumber} / ${totalPages}`} />
      </Page>
    </Document>,
  );
};
