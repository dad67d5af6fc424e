import { describe, expect, it } from 'vitest';
import { texts } from '../../../ui/texts';
import sentences from '../messages/audit.en.json';
import { auditSentence, type AuditFacts } from './audit-sentence';

const say = texts(sentences);
const words = { role: (role: string) => role, goneMember: 'somebody no longer here', someWave: 'a survey', moment: (at: string) => at.slice(0, 10) };
const sentence = (action: string, details: Record<string, unknown> = {}, more: Partial<AuditFacts> = {}): string | null => {
  const found = auditSentence({ action, actor: 'Ada', subject: 'Bo', wave: null, details, ...more }, words);
  return found && say(found.key, found.values);
};

describe('what the audit trail says', () => {
  it.each([
    ['member.changed', { before: { role: 'member', personId: null }, after: { role: 'admin' } }, {}, 'changed Bo’s role from member to admin'],
    ['member.changed', { before: { role: 'member', personId: null }, after: { personId: '7' } }, {}, 'said which person Bo is'],
    ['member.changed', { before: { role: 'member', personId: '7' }, after: { personId: null } }, {}, 'ended the link between Bo and a person'],
    ['member.changed', { before: { role: 'member', personId: null }, after: { role: 'admin' } }, { subject: null }, 'changed somebody no longer here’s role from member to admin'],
    ['member.removed', { email: 'bo@example.com', role: 'viewer', self: false }, {}, 'removed bo@example.com, who was viewer'],
    ['member.removed', { email: 'bo@example.com', role: 'viewer', self: true }, {}, 'left the workspace'],
    ['member.joined', { invited: 'bo@example.com', joined: 'bo@example.com', role: 'member' }, {}, 'joined as member'],
    ['member.joined', { invited: 'bo@example.com', joined: 'b@example.org', role: 'member' }, {}, 'joined as member, with the invitation sent to bo@example.com'],
    ['workspace.changed', { name: 'Acme' }, {}, 'renamed the workspace to “Acme”'],
    ['workspace.changed', { timeZone: 'Europe/Berlin' }, {}, 'set the time zone to Europe/Berlin'],
    ['people.import', { new: 1200, changed: 2, same: 0, merged: 0, rejected: 1 }, {}, 'imported people: 1,200 new, 2 changed, 0 unchanged, 1 row rejected'],
    ['people.import', { new: 3, changed: 0, same: 0, merged: 0, rejected: 0 }, {}, 'imported people: 3 new, 0 changed, 0 unchanged'],
    ['people.reverted', { removed: 3, restored: 1, kept: 2 }, {}, 'took a change to people back: 3 removed, 1 restored, 2 kept because they were changed since'],
    ['wave.published', {}, { wave: 'Spring' }, 'opened the results of “Spring” to every member'],
    ['wave.published', {}, {}, 'opened the results of a survey to every member'],
    ['wave.deleted', { name: 'Draft 2' }, {}, 'deleted the draft “Draft 2”'],
    ['wave.extended', { from: '2026-03-01T00:00:00Z', to: '2026-03-09T00:00:00Z' }, { wave: 'Spring' }, 'moved the closing of “Spring” to 2026-03-09'],
  ] as const)('%s %j', (action, details, more, expected) => {
    expect(sentence(action, details, more)).toBe(expected);
  });

  it('fills every sentence, whatever an event carries', () => {
    for (const action of Object.keys(sentences)) expect(sentence(action)).toMatch(/\w/);
  });

  it('has no words for what it does not know', () => {
    expect(sentence('spaceship.launched')).toBeNull();
  });
});
