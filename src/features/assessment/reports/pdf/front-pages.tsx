import { Text, View } from '@react-pdf/renderer';
import { countsLine, leadFinding } from '../findings';
import { responseLines } from '../prose';
import type { ReportContext } from '../request';
import { entriesOf, STEPS } from '../sections';
import { DrawingOnPaper } from './drawing';
import { printable } from '../../../../platform/pdf/fonts';
import { Body, DRAWING_PX, FunctionLine, Heading, Lead, Meta, Muted, Sheet, styles, TEXT_WIDTH, Title } from './parts';

/** Who, when, how many, under which minimum; then what was asked, step by step. */
export const Cover = (context: ReportContext) => {
  const { texts, results, instrument, workspaceName, foot } = context;
  const { t } = texts;
  const wave = t('title.wave', { wave: results.wave.name, date: texts.date(results.wave.closedAt) });
  const asked = entriesOf(results, instrument);
  return (
    <Sheet texts={texts} foot={foot}>
      <View style={{ marginTop: 90, marginBottom: 36 }}>
        <Text style={{ fontSize: 12, marginBottom: 10 }}>{printable(workspaceName)}</Text>
        <Text style={{ fontSize: 28, fontWeight: 600, lineHeight: 1.15, marginBottom: 12 }}>{printable(t('title.report'))}</Text>
        <Text style={{ fontSize: 12 }}>{printable(wave)}</Text>
        {context.sample ? <Text style={[styles.note, { fontSize: 10 }]}>{printable(t('title.sample'))}</Text> : null}
      </View>
      <Heading>{t('heading.response')}</Heading>
      {responseLines(results, texts).map((line) => <FunctionLine key={line.name} name={line.name} label={line.label}>{line.text}</FunctionLine>)}
      <Muted>{t('response.note')}</Muted>
      <Heading>{t('report.contents')}</Heading>
      {STEPS.map((step) => {
        const tools = [...new Set(asked.filter((entry) => entry.tool.step === step).map((entry) => texts.of(entry.tool.title)))];
        return tools.length === 0 ? null : (
          <View key={step} style={{ flexDirection: 'row', marginBottom: 3 }}>
            <Text style={{ width: 150, fontWeight: 600 }}>{printable(t(`step.${step}`))}</Text>
            <Text style={{ flex: 1 }}>{printable(tools.join(' · '))}</Text>
          </View>
        );
      })}
      <Heading>{t('heading.about')}</Heading>
      <Body>{t('about.instrument', { title: texts.of(instrument.title), version: results.wave.instrumentVersion })}</Body>
      <Body>{t('about.source', { source: instrument.source })}</Body>
      <Body>{t('about.anonymity', { minimum: results.minimum.general })}</Body>
      {results.minimum.leadership === results.minimum.general ? null : <Body>{t('hidden.leadership', { minimum: results.minimum.leadership })}</Body>}
      <Body>{t('about.noVerdict')}</Body>
    </Sheet>
  );
};

/** The three steps on one page: every section's marks, its gap and the gap's word. */
export const Overview = (context: ReportContext) => {
  const { texts, results, instrument, foot, chart } = context;
  const entries = entriesOf(results, instrument);
  return (
    <Sheet texts={texts} foot={foot}>
      <Meta>{texts.t('heading.overview')}</Meta>
      <Title>{leadFinding(results, instrument, texts)}</Title>
      <Lead>{countsLine(results, instrument, texts)}</Lead>
      {STEPS.map((step) => {
        const own = entries.filter((entry) => entry.tool.step === step && entry.section.scoring === 'mean');
        const drawing = own.length > 0 ? chart({ chart: 'overview', bySection: true, step, width: DRAWING_PX }) : undefined;
        return drawing ? (
          <View key={step} wrap={false}>
            <Heading>{`${texts.t(`step.${step}`)}: ${texts.t(`step.${step}.question`)}`}</Heading>
            <DrawingOnPaper chart={drawing} width={TEXT_WIDTH} />
          </View>
        ) : null;
      })}
    </Sheet>
  );
};
