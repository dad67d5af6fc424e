import { Select } from '@mantine/core';
import { FRICTION, LOOKS, PARTS, type Topic } from '../domain/views';
import { useChange, type Part } from './calls';
import css from './diagnosis.module.css';
import { t } from './text';

const DATA = LOOKS.map((look) => ({ value: look, label: t(`look.${look}`) }));

/** Differences in outlook that help and that harm: about money and customers, and in the eight parts of an interface. */
export const Views = ({ workspace, view }: Part) => {
  const change = useChange('look', workspace, t('views.saved'));
  const row = (topic: Topic) => {
    const look = view.views[topic]?.look ?? null;
    const name = t(`topic.${topic}`);
    return (
      <li key={topic}>
        <span>{name}</span>
        {view.mayWrite ? (
          <Select aria-label={name} w={208} placeholder={t('look.none')} value={look} data={DATA} clearable clearButtonProps={{ 'aria-label': t('look.none') }} disabled={change.isPending} onChange={(value) => change.mutate({ version: view.version, topic, look: LOOKS.find((each) => each === value) ?? null, note: view.views[topic]?.note ?? '' })} />
        ) : <span className={look ? undefined : 'meta'}>{t(`look.${look ?? 'none'}`)}</span>}
      </li>
    );
  };
  return (
    <section className={css.section} aria-labelledby="views">
      <h2 id="views">{t('views.title')}</h2>
      <p className="meta">{t('views.text')}</p>
      <div className={css.two}>
        <div className={css.part}><h3>{t('views.money')}</h3><ul className={css.list}>{FRICTION.map(row)}</ul></div>
        <div className={css.part}><h3>{t('views.parts')}</h3><ul className={css.list}>{PARTS.map(row)}</ul></div>
      </div>
    </section>
  );
};
