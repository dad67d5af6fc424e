import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { say, sayFault } from '../../ui/notify';
import { demoCalls } from './demo-calls';
import css from './shell.module.css';
import { t } from './text';

/** Says that nothing here is real, and removes it in one click. */
export const DemoBanner = () => {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const remove = useMutation(
    demoCalls.remove.mutationOptions({
      onSuccess: async () => {
        queries.clear();
        await navigate({ to: '/' });
        say(t('demo.removed'));
      },
      onError: sayFault,
    }),
  );
  return (
    <div className={`${css.demo} no-print`} role="note">
      <span>{t('demo.banner')}</span>
      <Button size="compact-sm" variant="default" loading={remove.isPending} onClick={() => remove.mutate({})}>{t('demo.remove')}</Button>
    </div>
  );
};
