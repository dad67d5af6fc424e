import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

let app: TestApp;
let owner: Person;
let workspace: string;
let clock = new Date('2026-03-02T08:00:00Z');

beforeAll(async () => {
  app = await createTestApp({ now: () => clock });
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'Europe/Berlin' })).id;
});
afterAll(() => app.close());

const join = async (name: string, role: 'admin' | 'facilitator' | 'viewer'): Promise<Person> => {
  const { link } = await owner.client.workspace.invite({ workspace, email: `${name}@invited.example`, role });
  const secret = link.split('#')[1] ?? '';
  const person = await app.signUp(name, secret);
  await person.client.workspace.acceptInvitation({ secret });
  return person;
};

describe('the outbox hands nobody a role they could not have given', () => {
  test('a facilitator sees that invitations went out, without their links; an admin not those of owners', async () => {
    const [admin, facilitator] = [await join('ada', 'admin'), await join('fay', 'facilitator')];
    const asOwner = await owner.client.workspace.invite({ workspace, email: 'second@owner.example', role: 'owner' });
    const asViewer = await owner.client.workspace.invite({ workspace, email: 'vi@viewer.example', role: 'viewer' });
    const linksFor = async (person: Person) => {
      const mails = await person.client.workspace.outbox({ workspace });
      return Object.fromEntries(mails.map((mail) => [mail.recipient, { link: mail.link, told: mail.body.includes('#lsi') }]));
    };
    expect(await linksFor(owner)).toMatchObject({ 'second@owner.example': { link: asOwner.link, told: true }, 'vi@viewer.example': { link: asViewer.link, told: true } });
    expect(await linksFor(admin)).toMatchObject({ 'second@owner.example': { link: null, told: false }, 'vi@viewer.example': { link: asViewer.link, told: true } });
    expect(await linksFor(facilitator)).toMatchObject({ 'second@owner.example': { link: null, told: false }, 'vi@viewer.example': { link: null, told: false } });
  });
});

describe('visits', () => {
  test('each tells when the one before was', async () => {
    expect(await owner.client.workspace.visit({ workspace })).toEqual({ before: null });
    const first = clock;
    clock = new Date(clock.getTime() + 86_400_000);
    expect(await owner.client.workspace.visit({ workspace })).toEqual({ before: first.toISOString() });
    expect(await owner.client.workspace.visit({ workspace })).toEqual({ before: clock.toISOString() });
    await expect(app.bearer().workspace.visit({ workspace })).rejects.toMatchObject({ status: 401 });
  });
});

describe('the audit trail', () => {
  test('can be asked for one kind of act, and names people and members as they are called', async () => {
    const person = await owner.client.people.create({ workspace, name: 'Pia Person', email: 'pia@northwind.example', function: 'sales', level: 'leader' });
    await owner.client.people.update({ workspace, id: person.id, version: person.version, territory: 'North' });
    await owner.client.workspace.updateMember({ workspace, user: owner.userId, personId: person.id });
    const about = async (area: 'people' | 'member' | 'token') => (await owner.client.workspace.audit({ workspace, about: area })).map((row) => [row.action, row.subject]);
    expect(await about('people')).toEqual(expect.arrayContaining([['person.added', 'Pia Person'], ['person.changed', 'Pia Person']]));
    expect((await about('member')).at(0)).toEqual(['member.changed', 'Olga Owner']);
    expect((await about('member')).map(([action]) => action)).toEqual(expect.arrayContaining(['member.invited', 'member.joined']));
    expect(await about('token')).toEqual([]);
  });
  test('members name the person they are', async () => {
    const members = await owner.client.workspace.members({ workspace });
    expect(members.find((row) => row.userId === owner.userId)).toMatchObject({ personName: 'Pia Person', headOf: 'sales' });
  });
});
