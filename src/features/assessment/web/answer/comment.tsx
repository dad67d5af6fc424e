/** @jsxImportSource preact */
import { COMMENT_MAX } from '../../answer-contract';
import { BottomBar } from './bottom-bar';
import { Heading } from './heading';
import { useSpeech } from './messages';
import type { PageProps } from './page-props';
import { SavedState } from './saved-state';

const TELL_LEFT_FROM = 200;

/** A free comment, with the warning that wording gives people away. */
export const CommentPage = ({ session, view, go }: PageProps) => {
  const { t } = useSpeech();
  const left = COMMENT_MAX - view.kept.comment.length;
  return (
    <>
      <main class="sheet">
        <p class="meta">
          {t('bar.last')} · <SavedState view={view} kiosk={session.kiosk} />
        </p>
        <Heading text={t('comment.title')} />
        <p id="comment-warning" class="warning">{t('comment.warning')}</p>
        <label for="comment">{t('comment.label')}</label>
        <textarea
          id="comment"
          rows={7}
          maxLength={COMMENT_MAX}
          aria-describedby="comment-warning comment-left"
          value={view.kept.comment}
          onInput={(event) => session.comment(event.currentTarget.value)}
        />
        <p id="comment-left" class="quiet" role="status">{left <= TELL_LEFT_FROM && t('comment.left', { left })}</p>
      </main>
      <BottomBar back={() => go(session.opened.sections.length - 1)} forward={() => go('review')} forwardText={t('bar.review')} />
    </>
  );
};
