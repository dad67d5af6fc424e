/** @jsxImportSource preact */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { inLocale } from '../../../../lib/vocabulary';
import { OPEN } from '../../answer-contract';
import { BottomBar } from './bottom-bar';
import { Elsewhere } from './elsewhere';
import { Heading } from './heading';
import { LanguageChoice } from './language-choice';
import { useSpeech } from './messages';
import { minutesLeft, openIn, progress } from './parts';
import type { PageProps } from './page-props';
import { SavedState } from './saved-state';
import { Statement } from './statement';
import { WhatTheySee } from './what-they-see';

const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Brings a statement under the head, and the focus to its keys when it is answered by keyboard. */
const showStatement = (element: Element | null | undefined, focus: boolean) => {
  if (!element) return;
  if (focus) element.querySelector<HTMLElement>('[role=radio][tabindex="0"]')?.focus({ preventScroll: true });
  element.scrollIntoView({ block: 'start', behavior: calm() ? 'auto' : 'smooth' });
};

/** One section: its stem stays in sight, its statements stand one below another. */
export const Part = ({ session, view, go, choose, index }: PageProps & { index: number }) => {
  const { t, locale } = useSpeech();
  const list = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLElement>(null);
  // Stems differ in length by section and language; what is scrolled to must clear the head in any case.
  useLayoutEffect(() => document.documentElement.style.setProperty('--head', `${head.current?.offsetHeight ?? 84}px`));
  const { opened, kiosk } = session;
  const section = opened.sections[index];
  if (!section) return null;
  const { answers } = view.kept;
  const open = openIn(section, answers);
  const parts = opened.sections.length;
  const after = index + 1 < parts ? index + 1 : opened.comments ? 'comment' : 'review';
  const at = (position: number) => list.current?.children[position];

  const choosing = (position: number, id: string) => (value: number, how: 'step' | 'point' | 'key') => {
    const first = (answers[id] ?? OPEN) === OPEN;
    session.answer(id, value);
    if (first && value !== OPEN && how !== 'step') showStatement(at(position + 1), how === 'key');
  };

  return (
    <>
      <header class="head" ref={head}>
        <progress max={1} value={progress(opened, answers)} aria-hidden="true" />
        <div class="column">
          <p class="meta">
            {t('part.meta', { part: index + 1, parts })} · {t('part.minutes', { minutes: minutesLeft(opened, answers) })} · <SavedState view={view} kiosk={kiosk} />
          </p>
          <Heading id="stem" text={section.stem ? inLocale(section.stem, locale) : t('part.alone')} />
        </div>
      </header>
      <main class="column part">
        <p class="quiet keyboard-hint">{t('keyboardHint')}</p>
        <div ref={list}>
          {section.statements.map((statement, position) => (
            <Statement
              key={statement.id}
              position={position}
              text={inLocale(statement.text, locale)}
              scale={opened.scale}
              value={answers[statement.id] ?? OPEN}
              choose={choosing(position, statement.id)}
              next={() => showStatement(at(position + 1), true)}
            />
          ))}
        </div>
        <footer class="below">
          {!view.safe && <p class="fault">{t('saved.noLong')}</p>}
          <WhatTheySee session={session} />
          {!kiosk && <Elsewhere session={session} />}
          <LanguageChoice offered={opened.locales} choose={choose} />
        </footer>
      </main>
      <BottomBar
        back={() => go(index === 0 ? 'start' : index - 1)}
        forward={() => go(after)}
        forwardText={t(after === 'review' ? 'bar.review' : 'bar.next')}
        open={open.length}
        toOpen={() => showStatement(at(section.statements.findIndex((statement) => open.includes(statement))), true)}
      />
    </>
  );
};
