import { constants, createHash, generateKeyPairSync, privateDecrypt, randomBytes, verify, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { AnswerErrorCode, AnswerRequest, OpenResponse, PublicLeaf, RespondentSection } from '../src/features/assessment/answer-contract';
import { LIST_HASH_BYTES, publicListText, wordsOfHash } from '../src/features/assessment/domain/public-list';

/** A survey of our own for the answering page: real keys, real blind signatures, ballots really verified, all in memory. */
export const WAVE = '6f0c2c1e-8d3b-4c55-9a51-0d6d7c1b2a3f';
export const TOKEN = 'dG9rZW4tb2Ytb25lLXBlcnNvbg';
export const CODE = '7K2M9QX4T0BD';

const statementsOf = (prefix: string, texts: [en: string, de: string][]) => texts.map(([en, de], at) => ({ id: `${prefix}.${at + 1}`, text: { en, de } }));

const SECTIONS: RespondentSection[] = [
  {
    id: '1a',
    toolId: '1',
    toolTitle: { en: 'Worldview', de: 'Weltbild' },
    stem: { en: 'As salespeople…', de: 'Als Menschen im Vertrieb…' },
    statements: statementsOf('1a', [
      ['what we do shapes where the company is going', 'prägen wir mit unserer Arbeit, wohin sich das Unternehmen bewegt'],
      ['we should carry as much weight as marketing when strategy is made', 'sollten wir bei der Strategie ebenso viel Gewicht haben wie das Marketing'],
      ['looking far ahead gains us little', 'bringt uns ein Blick in die ferne Zukunft wenig'],
    ]),
  },
  {
    id: '2',
    toolId: '2',
    toolTitle: { en: 'Strength of connection', de: 'Stärke der Verbindung' },
    stem: { en: 'The marketing people I deal with…', de: 'Die Menschen im Marketing, mit denen ich zu tun habe…' },
    statements: statementsOf('2', [
      ['are often in touch with other parts of the company', 'stehen oft in Kontakt mit anderen Teilen des Unternehmens'],
      ['tell us a lot about what they have in hand', 'erzählen uns viel über das, woran sie arbeiten'],
      ['put our differences aside when a customer needs something, even when that costs them time they had planned for work of their own', 'stellen Unterschiede zurück, wenn ein Kunde etwas braucht, auch wenn es sie Zeit kostet, die sie für eigene Arbeit eingeplant hatten'],
      ['feel that they do well when we do well', 'finden, dass es ihnen gut geht, wenn es uns gut geht'],
    ]),
  },
  {
    id: '5',
    toolId: '5',
    toolTitle: { en: 'Trust and openness', de: 'Vertrauen und Offenheit' },
    statements: statementsOf('5', [
      ['meetings with the marketing people I deal with are free of much tension', 'Besprechungen mit den Menschen im Marketing verlaufen ohne große Spannung'],
      ['what the marketing people I deal with promise us, they do', 'was uns die Menschen im Marketing versprechen, das tun sie'],
    ]),
  },
];

export type Survey = {
  origin: string;
  /** Answers accepted, by ballot serial: the first counts. */
  box: Map<string, AnswerRequest>;
  opened: OpenResponse;
  /** Refuse everything at a path with this code, or answer nothing at all. */
  refuse: Map<string, AnswerErrorCode | 'drop'>;
  /** Requests seen: path, whether a cookie came along, body. */
  seen: { path: string; cookie: boolean; body: string }[];
  link(): string;
  close(): Promise<void>;
};

const STATUS: Record<AnswerErrorCode, number> = { unknown_link: 404, not_open_yet: 403, closed: 410, other_device: 409, malformed: 400, busy: 503 };
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html; charset=utf-8' };

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

let keys: { list: PublicLeaf[]; signing: KeyObject; checking: KeyObject } | undefined;
/** Made once: keys take longer than everything else here. */
const listOf = () => (keys ??= newList());

const newList = (): NonNullable<typeof keys> => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'der' }).toString('base64url');
  return {
    list: [
      { leaf: 'sales/North', invited: 13, spki: spki(pair.publicKey) },
      { leaf: 'marketing', invited: 9, spki: spki(other.publicKey) },
    ],
    signing: pair.privateKey,
    checking: pair.publicKey,
  };
};

const openedOf = (list: PublicLeaf[], overrides: Partial<OpenResponse>): OpenResponse => {
  const hash = createHash('sha384').update(publicListText(WAVE, list)).digest().subarray(0, LIST_HASH_BYTES);
  return {
    wave: WAVE,
    token: TOKEN,
    workspaceName: 'Example Valves',
    title: 'How do sales and marketing work together?',
    closesAt: '2031-03-14T17:00:00.000Z',
    resultsOn: '2031-03-20T09:00:00.000Z',
    locales: ['en', 'de', 'nl', 'fr', 'es'],
    leaf: { id: 'sales/North', label: { en: 'Sales, North', de: 'Vertrieb, Nord' }, invited: 13, function: 'sales' },
    minimum: 5,
    list,
    h: hash.toString('base64url'),
    words: wordsOfHash(hash),
    comments: true,
    minutes: 9,
    scale: { min: 1, max: 7, low: { en: 'Disagree fully', de: 'Stimme gar nicht zu' }, high: { en: 'Agree fully', de: 'Stimme voll zu' } },
    sections: SECTIONS,
    ...overrides,
  };
};

/** @param dist folder of a build with answer.html */
export const startSurvey = async (dist: string, overrides: Partial<OpenResponse> = {}, host = '127.0.0.1'): Promise<Survey> => {
  const { list, signing, checking } = listOf();
  const opened = openedOf(list, overrides);
  const box: Survey['box'] = new Map();
  const refuse: Survey['refuse'] = new Map();
  const seen: Survey['seen'] = [];
  let issued: string | undefined;

  const handle = (path: string, body: unknown): [status: number, answer: unknown] => {
    const no = (code: AnswerErrorCode): [number, unknown] => [STATUS[code], { error: { code, message: code } }];
    const refusal = refuse.get(path);
    if (refusal && refusal !== 'drop') return no(refusal);
    const asked = body as Record<string, string>;
    if (path === '/api/answer/open') return asked.code === CODE || (asked.wave === WAVE && asked.token === TOKEN) ? [200, opened] : no('unknown_link');
    if (path === '/api/answer/ballot') {
      if (asked.token !== TOKEN || !asked.blinded) return no('unknown_link');
      if (issued !== undefined && issued !== asked.blinded) return no('other_device');
      issued = asked.blinded;
      const signature = privateDecrypt({ key: signing, padding: constants.RSA_NO_PADDING }, Buffer.from(asked.blinded, 'base64url'));
      return [200, { signature: signature.toString('base64url') }];
    }
    const answer = body as AnswerRequest;
    const message = Buffer.concat([Buffer.from(answer.prefix, 'base64url'), Buffer.from(`lockstep-ballot-1|${WAVE}|${answer.leaf}`)]);
    const rsa = { key: checking, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 };
    if (!verify('sha384', message, rsa, Buffer.from(answer.sig, 'base64url'))) return no('malformed');
    if (!box.has(answer.prefix)) box.set(answer.prefix, answer);
    return [200, { received: true }];
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'http://survey').pathname;
    if (request.method === 'POST') {
      const body = await bodyOf(request);
      seen.push({ path, cookie: request.headers.cookie !== undefined, body });
      if (refuse.get(path) === 'drop') return void request.socket.destroy();
      const [status, answer] = handle(path, JSON.parse(body));
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      return;
    }
    // Every address below /a is the page: scanners move the fragment into path or query.
    const file = path.startsWith('/assets/') || path.endsWith('.js') ? path : '/answer.html';
    const content = await readFile(join(dist, file));
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'set-cookie': 'session=somebody' }).end(content);
  };

  const server: Server = createServer((request, response) => {
    serve(request, response).catch(() => response.writeHead(404).end());
  });
  await new Promise<void>((listening) => server.listen(0, host, listening));
  const origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    box,
    opened,
    refuse,
    seen,
    link: () => `${origin}/a#${WAVE}.${TOKEN}.${opened.h}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};

/** A token nobody was given. */
export const strangeToken = (): string => randomBytes(18).toString('base64url');
