import { sha384 } from '@noble/hashes/sha2.js';
import type { AnswerRequest, OpenResponse } from '../../answer-contract';
import { LIST_HASH_BYTES, publicListText, wordsOfHash } from '../../domain/public-list';
import { ballotContext, ballotKeyIn, finish, isSigned, newBallot, type BallotKey } from './ballot';
import type { Kept, KeptBallot } from './keep';
import { fromBase64url, packAnswers, toBase64url, unpackAnswers } from './pack';
import { answerVector, answersFrom, pointsOf, statementsOf, type Answers } from './parts';
import { joined, toBytes, toNumber } from './rsa';

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);

const listHash = (opened: OpenResponse): Uint8Array => sha384(encoded(publicListText(opened.wave, opened.list))).slice(0, LIST_HASH_BYTES);

/** The four words this device works out from the list it was shown. */
export const ownWords = (opened: OpenResponse): string[] => wordsOfHash(listHash(opened));

/** A name for a token under which things are kept; the token itself cannot be read from it. */
export const nameOfToken = (token: string): string => toBase64url(sha384(encoded(token)).slice(0, 9));

const leafOf = (opened: OpenResponse) => opened.list.find((leaf) => leaf.leaf === opened.leaf.id);

/** @throws RangeError when the list holds no proper key for this person's leaf */
const keyOf = (opened: OpenResponse): BallotKey => ballotKeyIn(fromBase64url(leafOf(opened)?.spki ?? ''));

/** What the page checks before it lets anybody answer: the list is the link's, the key is sound, the group is large enough. */
export const faultIn = (opened: OpenResponse, h: string | undefined): 'list' | 'group' | undefined => {
  const own = toBase64url(listHash(opened));
  if (own !== opened.h || (h !== undefined && own !== h) || ownWords(opened).join() !== opened.words.join()) return 'list';
  const leaf = leafOf(opened);
  try {
    keyOf(opened);
  } catch {
    return 'list';
  }
  if (!leaf || leaf.invited !== opened.leaf.invited) return 'list';
  return leaf.invited < opened.minimum ? 'group' : undefined;
};

/** A ballot ready to be signed unseen. */
export const sealedBallot = (opened: OpenResponse): KeptBallot => {
  const ballot = newBallot(keyOf(opened), opened.wave, opened.leaf.id);
  return { prefix: toBase64url(ballot.prefix), blinded: toBase64url(ballot.blinded), inverse: toBase64url(toBytes(ballot.inverse, ballot.blinded.length)) };
};

const messageOf = (opened: OpenResponse, prefix: string): Uint8Array => joined(fromBase64url(prefix), ballotContext(opened.wave, opened.leaf.id));

/** The ballot with its signature, the blinding forgotten. @throws Error when the server signed something else */
export const signedBallot = (opened: OpenResponse, ballot: KeptBallot, blindSignature: string): KeptBallot => {
  const inverse = toNumber(fromBase64url(ballot.inverse ?? ''));
  const signature = finish(keyOf(opened), messageOf(opened, ballot.prefix), fromBase64url(blindSignature), inverse);
  return { prefix: ballot.prefix, sig: toBase64url(signature) };
};

/** The whole of what is sent; undefined until the ballot was picked up. */
export const answerToSend = (opened: OpenResponse, kept: Kept): AnswerRequest | undefined => {
  if (!kept.ballot?.sig) return undefined;
  const comments = opened.comments ? kept.comment.trim() : '';
  return {
    wave: opened.wave,
    leaf: opened.leaf.id,
    prefix: kept.ballot.prefix,
    sig: kept.ballot.sig,
    answers: answerVector(opened, kept.answers),
    ...(comments && { comments }),
  };
};

export type Carried = { answers: string; prefix?: string; sig?: string };

/** What another device needs to go on: the answers, and the ballot once it was picked up. */
export const carriedFrom = (opened: OpenResponse, kept: Kept): Carried => ({
  answers: packAnswers(answerVector(opened, kept.answers), pointsOf(opened.scale)),
  ...(kept.ballot?.sig && { prefix: kept.ballot.prefix, sig: kept.ballot.sig }),
});

/** What came along in a link, checked; parts that do not fit this questionnaire or this key are left out. */
export const broughtAlong = (opened: OpenResponse, carried: Carried): { answers: Answers; ballot?: KeptBallot } => {
  const vector = unpackAnswers(carried.answers, statementsOf(opened).length, pointsOf(opened.scale));
  const { prefix, sig } = carried;
  const whole = prefix && sig && isSigned(keyOf(opened), messageOf(opened, prefix), fromBase64url(sig));
  return { answers: vector ? answersFrom(opened, vector) : {}, ballot: whole ? { prefix, sig } : undefined };
};
