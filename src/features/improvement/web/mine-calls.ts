import { useMutation, useQueryClient } from '@tanstack/react-query';
import { say, sayFault } from '../../../ui/notify';
import { improvementCalls, improvementClient, type Mine, type OwnAction } from './calls';
import { t } from './mine-text';

/** What is tapped shows at once; the server's answer, or its refusal, follows. */
export const useMine = (workspace: string) => {
  const queries = useQueryClient();
  const key = improvementCalls.mine.queryKey({ input: { workspace } });
  const put = (id: string, change: Partial<OwnAction>) => queries.setQueryData<Mine>(key, (mine) => mine && { ...mine, actions: mine.actions.map((each) => (each.id === id ? { ...each, ...change } : each)) });
  const others = () => void queries.invalidateQueries({ queryKey: improvementCalls.key() });
  const failed = (error: unknown) => {
    sayFault(error);
    others();
  };
  const move = async ({ id, version }: OwnAction, to: 'done' | 'open') => {
    put(id, { state: to, version: version + 1, doneAt: to === 'done' ? new Date().toISOString() : null });
    await improvementClient.moveAction({ workspace, id, version, to });
    others();
  };
  const done = useMutation({
    mutationFn: (action: OwnAction) => move(action, 'done'),
    onSuccess: (_, action) => say(t('done.said'), () => move({ ...action, version: action.version + 1 }, 'open')),
    onError: failed,
  });
  const reopen = useMutation({ mutationFn: (action: OwnAction) => move(action, 'open'), onError: failed });
  const tell = async (id: string, course: NonNullable<OwnAction['lastWord']>['course'] | null) => {
    if (course) put(id, { lastWord: { course, at: new Date().toISOString(), today: true } });
    queries.setQueryData<Mine>(key, await improvementClient.sayCourse({ workspace, id, course }));
    void queries.invalidateQueries({ queryKey: improvementCalls.read.key() });
  };
  const course = useMutation({
    mutationFn: ({ action, to }: { action: OwnAction; to: NonNullable<OwnAction['lastWord']>['course'] }) => tell(action.id, to),
    onSuccess: (_, { action }) => say(t('course.said'), () => tell(action.id, action.lastWord?.today ? action.lastWord.course : null)),
    onError: failed,
  });
  return { done, reopen, course };
};
