import { Button, FileButton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { faultOf } from '../../../../browser/rpc';
import { say } from '../../../../ui/notify';
import { Answered, FaultLine } from '../../../../ui/page';
import { assessmentCalls } from '../calls';
import { textOf } from './file-text';
import { t } from './text';
import css from './waves.module.css';

/** The questionnaires that can be asked, and the way to bring one's own. */
export const Instruments = ({ workspace }: { workspace: string }) => {
  const queries = useQueryClient();
  const list = useQuery(assessmentCalls.instruments.queryOptions({ input: { workspace } }));
  const load = useMutation(
    assessmentCalls.loadInstrument.mutationOptions({
      onSuccess: async (made) => {
        await queries.invalidateQueries({ queryKey: assessmentCalls.instruments.key() });
        say(t('instruments.loaded', { title: made.title.en, version: made.version }));
      },
    }),
  );
  const mistakes = load.error ? faultOf(load.error).fields : [];
  return (
    <section className={`panel ${css.section}`}>
      <div className={css.mend} style={{ padding: 0 }}>
        <h2 className={css.heading}>{t('instruments.title')}</h2>
        <FileButton accept="application/json,.json" onChange={(file) => file && void textOf(file).then((text) => load.mutate({ workspace, text }))}>
          {(props) => <Button variant="default" loading={load.isPending} {...props}>{t('instruments.load')}</Button>}
        </FileButton>
      </div>
      <p className={css.quiet}>{t('instruments.text')}</p>
      {load.error !== null && (
        <div className={css.section}>
          <FaultLine error={load.error} />
          {mistakes.length > 0 && <ul className={css.problems} aria-label={t('instruments.mistakes')}>{mistakes.map((mistake, at) => <li key={at}><strong>{t('instruments.line', { place: mistake.path })}</strong> {mistake.message}</li>)}</ul>}
        </div>
      )}
      <Answered query={list} rows={2}>
        {(instruments) => (
          <ul className={css.list}>
            {instruments.map((instrument) => (
              <li key={`${instrument.id} ${instrument.version}`} className={css.row}>
                <div className={css.grow}>
                  <span style={{ fontWeight: 500 }}>{instrument.title.en}</span>
                  <div className="meta">{t('instruments.meta', { tools: instrument.tools.length, version: instrument.version, languages: instrument.locales.join(', '), kind: instrument.builtIn ? 'built' : 'own' })}</div>
                </div>
              </li>
            ))}
          </ul>
        )}
      </Answered>
    </section>
  );
};
