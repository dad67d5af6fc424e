import { describe, expect, it } from 'vitest';
import { BOUNDS, hasBuild, weigh } from '../../bench/weights';

/** Weighs what the last build left; a checkout that was never built has nothing to weigh. */
describe.runIf(hasBuild())('the weight of the built pages', () => {
  it('keeps shell, pages and the answering page within their bounds', () => {
    const { shell, heaviestRoute, routes, answer } = weigh();
    expect(routes.length).toBeGreaterThan(10);
    expect({ shell: shell <= BOUNDS.shell, route: heaviestRoute.bytes <= BOUNDS.route, answer: answer > 10_000 && answer <= BOUNDS.answer, at: { shell, heaviestRoute, answer } }).toMatchObject({ shell: true, route: true, answer: true });
  });
});
