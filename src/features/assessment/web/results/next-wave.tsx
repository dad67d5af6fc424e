import { Button, Popover } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { FaultLine } from '../../../../ui/page';
import { assessmentCalls, type Wave } from '../calls';
import { day } from './format';
import css from './results.module.css';
import { t } from './text';

/** Proposes the wave after this one, nine to twelve months on, with the same questionnaires. */
export const NextWave = ({ workspace, wave }: { workspace: string; wave: Wave }) => {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const make = useMutation(
    assessmentCalls.createWave.mutationOptions({
      onSuccess: async (made) => {
        await queries.invalidateQueries({ queryKey: assessmentCalls.key() });
        await navigate({ href: `/w/${workspace}/understand/waves/${made.id}` });
      },
    }),
  );
  if (wave.nextProposedFor === null) return null;
  return (
    <Popover width={320} position="bottom-end" withArrow trapFocus>
      <Popover.Target><Button variant="default">{t('next.button')}</Button></Popover.Target>
      <Popover.Dropdown aria-label={t('next.button')}>
        <div className={css.sharing}>
          <p>{t('next.text', { date: day(wave.nextProposedFor) })}</p>
          <p className="meta">{t('next.note')}</p>
          <FaultLine error={make.error} />
          <Button loading={make.isPending} onClick={() => make.mutate({ workspace, from: wave.id })}>{t('next.make')}</Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
};
