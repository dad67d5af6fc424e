import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { useState } from 'react';
import { Confirm } from '../../../../ui/confirm';
import { say } from '../../../../ui/notify';
import { Answered } from '../../../../ui/page';
import { When } from '../../../../ui/when';
import { workspaceCalls } from '../calls';
import { ForThose, type Token } from '../here';
import { AREAS, Example, NewToken } from '../new-token';
import css from '../settings.module.css';
import { t } from '../text';

export const Route = createFileRoute('/w/$workspace/settings/tokens')({ component: Tokens });

function Tokens() {
  const { workspace } = Route.useParams();
  return <ForThose workspace={workspace} who="token:manage">{() => <TokensPage workspace={workspace} />}</ForThose>;
}

const TokensPage = ({ workspace }: { workspace: string }) => {
  const rows = useQuery(workspaceCalls.tokens.queryOptions({ input: { workspace } }));
  return (
    <div className={css.main}>
      <Answered query={rows} rows={2}>
        {(tokens) => {
          const live = tokens.filter((token) => !token.revokedAt);
          const past = tokens.filter((token) => token.revokedAt);
          return (
            <section className={css.section} aria-labelledby="tokens">
              <h2 id="tokens">{t('tokens.title')}</h2>
              <p>{live.length === 0 ? t('tokens.none.text') : t('tokens.text')}</p>
              {live.length > 0 && <ul className={css.rows}>{live.map((token) => <Row key={token.id} workspace={workspace} token={token} />)}</ul>}
              {past.length > 0 && (
                <details>
                  <summary>{t('tokens.past', { count: past.length })}</summary>
                  <ul className={css.rows}>{past.map((token) => <Row key={token.id} workspace={workspace} token={token} />)}</ul>
                </details>
              )}
            </section>
          );
        }}
      </Answered>
      <section className={css.section} aria-labelledby="new-token">
        <h2 id="new-token">{t('tokens.new')}</h2>
        <NewToken workspace={workspace} />
      </section>
      <section className={css.section} aria-labelledby="try">
        <h2 id="try">{t('tokens.example')}</h2>
        <Example workspace={workspace} />
        <a href="/api/openapi.json" target="_blank" rel="noreferrer">{t('tokens.document')}</a>
      </section>
    </div>
  );
};

/** "People: read, change", area by area. */
const scopeWords = (scopes: readonly string[]): string[] =>
  AREAS.flatMap((area) => {
    const acts = (['read', 'write'] as const).filter((act) => scopes.includes(`${area}:${act}`));
    return acts.length === 0 ? [] : [t('tokens.scope.of', { area: t(`tokens.area.${area}`), what: acts.map((act) => t(`tokens.scope.${act}`)).join(', ') })];
  });

const Row = ({ workspace, token }: { workspace: string; token: Token }) => (
  <li className={`${css.row} ${css.token}`}>
    <span className={css.who}>
      <strong data-user-text>{token.name}</strong>
      <span className="meta">{t('tokens.created')} <When at={token.createdAt} /></span>
    </span>
    <span className={`${css.who} ${css.wide} table`}>{scopeWords(token.scopes).map((words) => <span key={words}>{words}</span>)}</span>
    <span className="meta">
      {token.revokedAt ? <>{t('tokens.revokedOn')} <When at={token.revokedAt} /></> : token.lastUsedAt ? <>{t('tokens.used')} <When at={token.lastUsedAt} show="both" /></> : t('tokens.unused')}
    </span>
    <span className={css.end}>{!token.revokedAt && <Revocation workspace={workspace} token={token} />}</span>
  </li>
);

const Revocation = ({ workspace, token }: { workspace: string; token: Token }) => {
  const [asking, setAsking] = useState(false);
  const queries = useQueryClient();
  const revoke = useMutation(
    workspaceCalls.revokeToken.mutationOptions({
      onSuccess: async () => {
        setAsking(false);
        await queries.invalidateQueries({ queryKey: workspaceCalls.tokens.key() });
        say(t('tokens.revoked', { name: token.name }));
      },
    }),
  );
  return (
    <>
      <Button size="compact-sm" variant="subtle" color="ink" onClick={() => setAsking(true)} aria-label={t('tokens.revoke.of', { name: token.name })}>{t('tokens.revoke')}</Button>
      <Confirm opened={asking} title={t('tokens.revoke.title', { name: token.name })} button={t('tokens.revoke')} busy={revoke.isPending} error={revoke.error} onConfirm={() => revoke.mutate({ workspace, id: token.id })} onClose={() => setAsking(false)}>
        {t('tokens.revoke.text')}
      </Confirm>
    </>
  );
};
