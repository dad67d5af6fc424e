import { createFileRoute, useLocation } from '@tanstack/react-router';
import { HuddleDoor } from '../../features/huddle/web/public';

export const Route = createFileRoute('/h')({ component: Door });

/** Code and pass stand behind "#", so that they reach no server log. */
function Door() {
  const { hash } = useLocation();
  return <HuddleDoor key={hash} hash={hash} />;
}
