import { describe, expect, it } from 'vitest';
import { generatedAccounts, generatedContacts, mail } from './generated.test-support';
import { link, type LinkResult } from './link';
import type { MatchRecord } from './record';
import type { Setting } from './vetoes';

type Side = Omit<MatchRecord, 'key'>;
type Case = { name: string; marketing: Side; crm: Side; truth: 'same' | 'other'; expected: 'sure' | 'review' | 'no' };

const at = (address: string) => [mail(address)];

/** People: what marketing holds, what sales holds, what is true, and what may be done without anybody looking. */
const PEOPLE: Case[] = [
  { name: 'shared mailbox: two people behind info@', truth: 'other', expected: 'no', marketing: { given: 'Ottilie', surname: 'Brandstetter', organisation: 'Velox Pumpen', emails: at('info@veloxpumpen.de') }, crm: { given: 'Gernot', surname: 'Haselbach', organisation: 'Velox Pumpen GmbH', emails: at('info@veloxpumpen.de') } },
  { name: 'shared mailbox: the same person', truth: 'same', expected: 'review', marketing: { given: 'Ottilie', surname: 'Brandstetter', organisation: 'Velox Pumpen', emails: at('info@veloxpumpen.de') }, crm: { given: 'Ottilie', surname: 'Brandstetter', organisation: 'Velox Pumpen GmbH', emails: at('info@veloxpumpen.de') } },
  { name: 'shared mailbox: a couple on one private address', truth: 'other', expected: 'review', marketing: { given: 'Gundula', surname: 'Haselbach', emails: at('haselbachs@gmx.de') }, crm: { given: 'Gernot', surname: 'Haselbach', emails: at('haselbachs@gmx.de') } },
  { name: 'shared mailbox: nothing but the address, on one side', truth: 'other', expected: 'review', marketing: { emails: at('sales@veloxpumpen.de') }, crm: { given: 'Gernot', surname: 'Haselbach', emails: at('sales@veloxpumpen.de') } },
  { name: 'job change: same mobile, new company', truth: 'same', expected: 'review', marketing: { given: 'Ottilie', surname: 'Brandstetter', organisation: 'Velox Pumpen', emails: at('ottilie.brandstetter@veloxpumpen.de'), phones: ['491719998877'] }, crm: { given: 'Ottilie', surname: 'Brandstetter', organisation: 'Karst Ventile AG', emails: at('o.brandstetter@karst.com'), phones: ['491719998877'] } },
  { name: 'job change: private address kept', truth: 'same', expected: 'sure', marketing: { given: 'Ottilie', surname: 'Brandstetter', organisation: 'Velox Pumpen', emails: at('ottilie77@gmx.de') }, crm: { given: 'Ottilie', surname: 'Brandstetter', organisation: 'Karst Ventile AG', emails: at('ottilie77@gmx.de') } },
  { name: 'job change: or only a namesake elsewhere', truth: 'other', expected: 'review', marketing: { given: 'Thomas', surname: 'Müller', organisation: 'Velox Pumpen', emails: at('thomas.mueller@veloxpumpen.de') }, crm: { given: 'Thomas', surname: 'Müller', organisation: 'Karst Ventile AG', emails: at('t.mueller@karst.com') } },
  { name: 'job change: the successor has the desk telephone', truth: 'other', expected: 'no', marketing: { given: 'Ottilie', surname: 'Brandstetter', organisation: 'Velox Pumpen', desks: ['49308877665'] }, crm: { given: 'Gernot', surname: 'Haselbach', organisation: 'Velox Pumpen GmbH', desks: ['49308877665'] } },
  { name: 'nickname: same mailbox', truth: 'same', expected: 'sure', marketing: { given: 'Bob', surname: 'Quillfeather', organisation: 'Velox Pumpen', emails: at('robert.quillfeather@veloxpumpen.de') }, crm: { given: 'Robert', surname: 'Quillfeather', organisation: 'Velox Pumpen GmbH', emails: at('robert.quillfeather@veloxpumpen.de') } },
  { name: 'nickname: no mailbox on one side', truth: 'same', expected: 'review', marketing: { given: 'Peggy', surname: 'Quillfeather', organisation: 'Velox Pumpen', emails: at('peggy@veloxpumpen.de') }, crm: { given: 'Margaret', surname: 'Quillfeather', organisation: 'Velox Pumpen GmbH' } },
  { name: 'nickname: Alex is Alexander and Alexandra', truth: 'other', expected: 'review', marketing: { given: 'Alex', surname: 'Quillfeather', organisation: 'Velox Pumpen', emails: at('alexander.q@veloxpumpen.de') }, crm: { given: 'Alexandra', surname: 'Quillfeather', organisation: 'Velox Pumpen GmbH', desks: ['493088776'] } },
  { name: 'nickname: one letter makes another person', truth: 'other', expected: 'review', marketing: { given: 'Daniel', surname: 'Quillfeather', organisation: 'Velox Pumpen', desks: ['49308877665'] }, crm: { given: 'Daniela', surname: 'Quillfeather', organisation: 'Velox Pumpen GmbH', desks: ['49308877665'] } },
  { name: 'nickname: father and son', truth: 'other', expected: 'review', marketing: { given: 'Gernot', surname: 'Haselbach Sr.', organisation: 'Velox Pumpen', emails: at('haselbach@veloxpumpen.de') }, crm: { given: 'Gernot', surname: 'Haselbach Jr.', organisation: 'Velox Pumpen GmbH', emails: at('haselbach@veloxpumpen.de') } },
  { name: 'accents: José Núñez', truth: 'same', expected: 'sure', marketing: { given: 'José', surname: 'Núñez Ibáñez', organisation: 'Velox Pumpen', emails: at('jose.nunez@veloxpumpen.de') }, crm: { given: 'Jose', surname: 'NUNEZ IBANEZ', organisation: 'VELOX PUMPEN', emails: at('Jose.Nunez@veloxpumpen.de'.toLowerCase()) } },
  { name: 'accents: Müller, Mueller and the same telephone', truth: 'same', expected: 'sure', marketing: { given: 'Jürgen', surname: 'Brüggenkötter', organisation: 'Velox Pumpen', phones: ['491719998877'] }, crm: { given: 'Juergen', surname: 'Brueggenkoetter', organisation: 'Velox Pumpen GmbH', phones: ['491719998877'] } },
  { name: 'accents: letters of another script are another address', truth: 'other', expected: 'review', marketing: { given: 'Ottilie', surname: 'Brandstetter', organisation: 'Velox Pumpen', emails: at('ottilie@veloxpumpen.de') }, crm: { given: 'Ottilie', surname: 'Brandstetter', organisation: 'Velox Pumpen', emails: at('оttilie@veloxpumpen.de') } },
  { name: 'changed e-mail: new pattern, same mobile', truth: 'same', expected: 'review', marketing: { given: 'Ottilie', surname: 'Brandstetter', organisation: 'Velox Pumpen', emails: at('ottilie.brandstetter@veloxpumpen.de'), phones: ['491719998877'] }, crm: { given: 'Ottilie', surname: 'Brandstetter', organisation: 'Velox Pumpen GmbH', emails: at('obr@veloxpumpen.de'), phones: ['491719998877'] } },
  { name: 'changed e-mail: surname by marriage', truth: 'same', expected: 'review', marketing: { given: 'Ottilie', surname: 'Brandstetter', organisation: 'Velox Pumpen', emails: at('ottilie.brandstetter@veloxpumpen.de'), phones: ['491719998877'] }, crm: { given: 'Ottilie', surname: 'Haselbach', organisation: 'Velox Pumpen GmbH', emails: at('ottilie.haselbach@veloxpumpen.de'), phones: ['491719998877'] } },
  { name: 'changed e-mail: or a namesake at the same company', truth: 'other', expected: 'review', marketing: { given: 'Thomas', surname: 'Müller', organisation: 'Velox Pumpen', emails: at('thomas.mueller@veloxpumpen.de') }, crm: { given: 'Thomas', surname: 'Müller', organisation: 'Velox Pumpen GmbH', emails: at('thomas.mueller2@veloxpumpen.de') } },
  { name: 'changed e-mail: a tag is no change', truth: 'same', expected: 'sure', marketing: { given: 'Ottilie', surname: 'Brandstetter', emails: at('ottilie+webinar@veloxpumpen.de') }, crm: { given: 'Ottilie', surname: 'Brandstetter', emails: at('ottilie@veloxpumpen.de') } },
  { name: 'free mail: the provider is no company', truth: 'other', expected: 'no', marketing: { given: 'Ottilie', surname: 'Brandstetter', emails: at('ottilie@gmail.com') }, crm: { given: 'Gernot', surname: 'Haselbach', emails: at('gernot@gmail.com') } },
  { name: 'free mail: the same front at two providers', truth: 'other', expected: 'review', marketing: { given: 'Thomas', surname: 'Müller', emails: at('bergfreund1977@gmail.com') }, crm: { given: 'Thomas', surname: 'Müller', emails: at('bergfreund1977@yahoo.com') } },
  { name: 'free mail: dots that the provider ignores', truth: 'same', expected: 'sure', marketing: { given: 'Ottilie', surname: 'Brandstetter', emails: at('ottilie.brand@gmail.com') }, crm: { given: 'Ottilie', surname: 'Brandstetter', emails: at('ottiliebrand@googlemail.com') } },
  { name: 'free mail: dots elsewhere are another mailbox', truth: 'other', expected: 'review', marketing: { given: 'Ottilie', surname: 'Brandstetter', organisation: 'Velox Pumpen', emails: at('ottilie.brand@veloxpumpen.de') }, crm: { given: 'Ottilie', surname: 'Brandstetter', organisation: 'Velox Pumpen', emails: at('ottiliebrand@veloxpumpen.de') } },
];

const COMPANIES: Case[] = [
  { name: 'subsidiary: one word more on the same site', truth: 'other', expected: 'review', marketing: { organisation: 'Velox', site: 'velox.com', desks: ['4930887766'] }, crm: { organisation: 'Velox Healthcare AG', site: 'velox.com', desks: ['4930887766'] } },
  { name: 'subsidiary: another country', truth: 'other', expected: 'review', marketing: { organisation: 'Velox Pumpen', site: 'velox.com', country: 'DE' }, crm: { organisation: 'Velox Pumpen', site: 'velox.com', country: 'FR' } },
  { name: 'subsidiary: another legal form', truth: 'other', expected: 'review', marketing: { organisation: 'Velox Pumpen GmbH', site: 'velox.com' }, crm: { organisation: 'Velox Pumpen Ltd', site: 'velox.com' } },
  { name: 'subsidiary: own name on the group’s site', truth: 'other', expected: 'review', marketing: { organisation: 'Karst Ventile', site: 'velox.com', desks: ['4930887766'] }, crm: { organisation: 'Velox Pumpen', site: 'velox.com', desks: ['4930887766'] } },
  { name: 'subsidiary: the same company in other writing', truth: 'same', expected: 'sure', marketing: { organisation: 'VELOX-PUMPEN', site: 'velox.com' }, crm: { organisation: 'Velox Pumpen GmbH & Co. KG', site: 'velox.com' } },
  { name: 'accents: Süd and Sued', truth: 'same', expected: 'sure', marketing: { organisation: 'Südpumpen Bäuerle', site: 'sp-baeuerle.de' }, crm: { organisation: 'Suedpumpen Baeuerle GmbH', site: 'sp-baeuerle.de' } },
  { name: 'free mail: two craftsmen at one provider', truth: 'other', expected: 'no', marketing: { organisation: 'Malerei Haselbach', emails: at('malerei@gmx.de') }, crm: { organisation: 'Tischlerei Brandstetter', emails: at('tischlerei@gmx.de') } },
];

const decisionIn = ({ pairs, review }: LinkResult): 'sure' | 'review' | 'no' => {
  const asked = ({ a, b }: { a: string; b: string }) => a === 'left' && b === 'right';
  return pairs.some(asked) ? 'sure' : review.some(asked) ? 'review' : 'no';
};

const tried = (setting: Setting, { marketing, crm }: Case): 'sure' | 'review' | 'no' => {
  const among = setting.kind === 'person' ? generatedContacts(100, 11) : generatedAccounts(100, 11);
  return decisionIn(link({ setting }, [...among.marketing, { key: 'left', ...marketing }], [...among.crm, { key: 'right', ...crm }]));
};

/** The seven that go wrong: nobody who is somebody else is linked unseen, and who is the same is at least shown to a person. */
describe('the hard seven, people', () => {
  it.each(PEOPLE)('$name', (each) => {
    expect({ truth: each.truth, decision: tried({ kind: 'person', business: true }, each) }).toEqual({ truth: each.truth, decision: each.expected });
  });
});

describe('the hard seven, companies', () => {
  it.each(COMPANIES)('$name', (each) => {
    expect({ truth: each.truth, decision: tried({ kind: 'organisation', business: true }, each) }).toEqual({ truth: each.truth, decision: each.expected });
  });
});

it('expects no false automatic link anywhere, and loses nobody', () => {
  const all = [...PEOPLE, ...COMPANIES];
  expect(all.filter(({ truth, expected }) => truth === 'other' && expected === 'sure')).toEqual([]);
  expect(all.filter(({ truth, expected }) => truth === 'same' && expected === 'no')).toEqual([]);
});
