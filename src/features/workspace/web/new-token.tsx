import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { SCOPES, type TokenScope } from '../../../lib/scopes';
import { CopyField } from '../../../ui/copy-field';
import { FaultLine } from '../../../ui/page';
import { workspaceCalls, workspaceClient } from './calls';
import css from './settings.module.css';
import { t } from './text';

type Area = TokenScope extends `${infer Name}:${string}` ? Name : never;
const ACTS = ['read', 'write'] as const;
type Scope = TokenScope;
/** Every feature that a token can be let into, in the order of the scopes. */
export const AREAS = [...new Set(SCOPES.map((scope) => scope.slice(0, scope.indexOf(':')) as Area))];

/** Three lines that show that a token works, with an address of this very workspace. */
export const Example = ({ workspace, secret }: { workspace: string; secret?: string }) => (
  <pre className={css.code} tabIndex={0} aria-label={t('tokens.example')} data-user-text>
    {`curl ${location.origin}/api/workspaces/${workspace} \\\n  -H 'accept: application/json' \\\n  -H 'authorization: Bearer ${secret ?? t('tokens.example.yours')}'`}
  </pre>
);

/** Makes a token and shows its secret this once. */
export const NewToken = ({ workspace }: { workspace: string }) => {
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<Scope[]>(['workspace:read']);
  const create = useMutation({
    mutationFn: () => workspaceClient.createToken({ workspace, name, scopes }),
    onSuccess: async () => {
      setName('');
      await queries.invalidateQueries({ queryKey: workspaceCalls.tokens.key() });
    },
  });
  const tick = (scope: Scope, on: boolean) => setScopes((chosen) => (on ? [...chosen, scope] : chosen.filter((each) => each !== scope)));
  if (create.data)
    return (
      <div className={css.once} role="status">
        <strong>{t('tokens.made', { name: create.data.name })}</strong>
        <p>{t('tokens.made.text')}</p>
        <CopyField label={t('tokens.secret')} value={create.data.secret} />
        <Example workspace={workspace} secret={create.data.secret} />
        <Button variant="default" onClick={() => create.reset()} style={{ alignSelf: 'flex-start' }}>{t('tokens.done')}</Button>
      </div>
    );
  return (
    <form className={css.section} onSubmit={(event) => { event.preventDefault(); if (scopes.length > 0) create.mutate(); }}>
      <TextInput label={t('tokens.name')} description={t('tokens.name.help')} required maxLength={120} maw={420} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <fieldset className={css.scopes}>
        <legend>{t('tokens.scopes')}</legend>
        {AREAS.map((area) => (
          <div key={area} className={css.area} role="group" aria-labelledby={`area-${area}`}>
            <span id={`area-${area}`}>{t(`tokens.area.${area}`)}</span>
            {ACTS.map((act) => {
              const scope: Scope = `${area}:${act}`;
              return <Checkbox key={scope} label={t(`tokens.scope.${act}`)} checked={scopes.includes(scope)} onChange={(event) => tick(scope, event.currentTarget.checked)} />;
            })}
          </div>
        ))}
      </fieldset>
      {scopes.length === 0 && <span role="alert">{t('tokens.pick')}</span>}
      <FaultLine error={create.error} />
      <Button type="submit" loading={create.isPending} disabled={scopes.length === 0} style={{ alignSelf: 'flex-start' }}>{t('tokens.create')}</Button>
    </form>
  );
};
