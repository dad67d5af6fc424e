/** @jsxImportSource preact */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/** A page's title: names the document, and takes the focus so that a screen reader hears where it is. */
export const Heading = ({ text, id, silent }: { text: string; id?: string; silent?: boolean }) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = text;
  }, [text]);
  // With the page itself, not after it: a key pressed as soon as the page is seen would lose the focus again.
  useLayoutEffect(() => {
    if (!silent) heading.current?.focus({ preventScroll: true });
  }, [silent]);
  return (
    <h1 ref={heading} id={id} tabIndex={-1}>
      {text}
    </h1>
  );
};
