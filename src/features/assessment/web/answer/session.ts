import { CANNOT_JUDGE, OPEN, type AnswerErrorCode, type OpenResponse } from '../../answer-contract';
import { pickUpBallot, Refusal, sendAnswer } from './api';
import type { Keeper, Kept, Place } from './keep';
import { answerToSend, broughtAlong, carriedFrom, sealedBallot, signedBallot } from './seal';
import type { Link } from './link';

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;
/** Long enough for another tab's write to be seen before a ballot is asked for. */
const SETTLE_MS = 120;

export type SessionView = {
  kept: Kept;
  /** False when the browser keeps nothing beyond this page. */
  safe: boolean;
  online: boolean;
  sending: 'no' | 'now' | 'waiting';
  /** A request is under way, also while the page says that it waits. */
  trying: boolean;
  refused?: AnswerErrorCode;
  forgotten: boolean;
};

/** One person's way through one questionnaire on this device: every step is kept before it is shown. */
export class Session {
  private view: SessionView;
  private readonly listeners = new Set<() => void>();
  private retryIn = FIRST_RETRY_MS;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private pickingUp: Promise<void> | undefined;
  private readonly undo: (() => void)[] = [];

  constructor(
    readonly opened: OpenResponse,
    readonly kiosk: boolean,
    private readonly keeper: Keeper,
    carried?: Link['carried'],
  ) {
    this.view = { kept: keeper.read(), safe: true, online: navigator.onLine, sending: 'no', trying: false, forgotten: false };
    const brought = carried && broughtAlong(opened, carried);
    this.keep({ opened, ...(brought && { answers: { ...this.view.kept.answers, ...brought.answers } }), ...(brought?.ballot && { ballot: brought.ballot }) });
    this.listen();
    if (this.view.kept.sending) void this.send();
  }

  /** @param listener called after each change. Returns the way to stop listening. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get now(): SessionView {
    return this.view;
  }

  /** Place of a key from 1, CANNOT_JUDGE, or OPEN to take the answer back. */
  answer(statement: string, value: number): void {
    const answers = { ...this.keeper.read().answers };
    if (value === OPEN) delete answers[statement];
    else answers[statement] = value === CANNOT_JUDGE ? CANNOT_JUDGE : value;
    this.keep({ answers });
  }

  comment(text: string): void {
    this.keep({ comment: text });
  }

  go(place: Place): void {
    this.keep({ place });
    // As late as possible, so that the order of pick-ups says little about the order of answers.
    const lastPart = this.opened.sections.length - 1;
    if (place === 'comment' || place === 'review' || (lastPart > 0 && place === lastPart)) void this.pickUp().catch(() => undefined);
  }

  /** Answers and, once picked up, the ballot, for another device. */
  carried(): NonNullable<Link['carried']> {
    return carriedFrom(this.opened, this.keeper.read());
  }

  /** Sends, and keeps trying until the server has acknowledged or refused. */
  async send(): Promise<void> {
    clearTimeout(this.retryTimer);
    if (this.view.trying) return;
    // While it waits the page stays as it is: a screen that changes at every attempt would take the focus along.
    this.keep({ sending: true }, { sending: this.view.sending === 'waiting' ? 'waiting' : 'now', trying: true, refused: undefined });
    try {
      await this.pickUp();
      const request = answerToSend(this.opened, this.keeper.read());
      if (!request) throw new Error('no ballot');
      await sendAnswer(request);
      // The ballot's serial would tie this device to a row in the ballot box.
      this.keep({ sending: false, received: true, ballot: undefined }, { sending: 'no' });
    } catch (error) {
      if (error instanceof Refusal) this.keep({ sending: false }, { sending: 'no', refused: error.code });
      else if (this.keeper.read().sending) this.retryLater();
    } finally {
      this.show({ trying: false });
    }
  }

  /** Back to the answers while nothing has been acknowledged. */
  stopWaiting(): void {
    clearTimeout(this.retryTimer);
    this.keep({ sending: false }, { sending: 'no', refused: undefined });
  }

  /** Deletes what this device keeps, and stops. */
  forget(): void {
    this.end();
    this.keeper.forget();
    this.show({ forgotten: true });
  }

  /** Stops listening and trying. */
  end(): void {
    clearTimeout(this.retryTimer);
    for (const stop of this.undo.splice(0)) stop();
  }

  /** Fetches this person's one signature, for values that were blinded and kept beforehand, so that asking twice is harmless. */
  private pickUp(): Promise<void> {
    this.pickingUp ??= this.pickUpOnce().finally(() => {
      this.pickingUp = undefined;
    });
    return this.pickingUp;
  }

  private async pickUpOnce(): Promise<void> {
    if (this.keeper.read().ballot || this.keeper.read().received) {
      if (this.keeper.read().ballot?.sig) return;
    } else {
      this.keep({ ballot: sealedBallot(this.opened) });
      await new Promise((done) => setTimeout(done, SETTLE_MS));
    }
    const ballot = this.keeper.read().ballot;
    if (!ballot?.blinded || ballot.sig) return;
    try {
      const { signature } = await pickUpBallot({ wave: this.opened.wave, token: this.opened.token, blinded: ballot.blinded });
      this.keep({ ballot: signedBallot(this.opened, ballot, signature) });
    } catch (error) {
      // Another tab may have been faster with the ballot both now share.
      if (this.keeper.read().ballot?.sig) return;
      if (error instanceof Refusal) this.show({ refused: error.code });
      throw error;
    }
  }

  private retryLater(): void {
    this.show({ sending: 'waiting' });
    this.retryTimer = setTimeout(() => void this.send(), this.retryIn);
    this.retryIn = Math.min(LAST_RETRY_MS, this.retryIn * 2);
  }

  private listen(): void {
    const heard = (online: boolean) => () => {
      this.show({ online });
      if (online && this.view.sending === 'waiting') this.sendSoon();
    };
    const [on, off] = [heard(true), heard(false)];
    const seen = () => {
      if (document.visibilityState === 'visible' && this.view.sending === 'waiting') this.sendSoon();
    };
    addEventListener('online', on);
    addEventListener('offline', off);
    document.addEventListener('visibilitychange', seen);
    this.undo.push(
      () => removeEventListener('online', on),
      () => removeEventListener('offline', off),
      () => document.removeEventListener('visibilitychange', seen),
      this.keeper.onForeignWrite(() => this.takeOver()),
    );
  }

  private sendSoon(): void {
    this.retryIn = FIRST_RETRY_MS;
    void this.send();
  }

  /** Another tab wrote: its answers count here too, but each tab stays where it is. */
  private takeOver(): void {
    const kept = this.keeper.read();
    if (!kept.opened) {
      this.end();
      this.show({ kept, forgotten: true });
      return;
    }
    this.show({ kept: { ...kept, place: this.view.kept.place }, ...(kept.received && { sending: 'no' as const, refused: undefined }) });
  }

  private keep(change: Partial<Kept>, also: Partial<SessionView> = {}): void {
    const kept = { ...this.keeper.read(), place: this.view.kept.place, ...change };
    this.show({ safe: this.keeper.write(kept), kept, ...also });
  }

  private show(change: Partial<SessionView>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.listeners) listener();
  }
}
