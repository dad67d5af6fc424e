import type { Instrument, Tool } from './instrument';
import c3 from './instruments/c3/c3.json';
import worldview from './instruments/c3/1-worldview.json';
import connection from './instruments/c3/2-connection.json';
import communication from './instruments/c3/3-communication.json';
import supportiveness from './instruments/c3/4-supportiveness.json';
import trust from './instruments/c3/5-trust.json';
import credibility from './instruments/c3/6-credibility.json';
import strategyMaking from './instruments/c3/7-strategy-making.json';
import buyIn from './instruments/c3/8-buy-in.json';
import relationship from './instruments/relationship.json';

// JSON imports widen every string, so the compiler cannot check them; the instrument-file validator does, in its tests.
const c3Tools = [worldview, connection, communication, supportiveness, trust, credibility, strategyMaking, buyIn] as unknown as Tool[];

/** Eight tools, 13 sections, scale 1-7. Source: MB ch. 5, tables 5.1-5.8; the wording of every statement is ours. */
export const c3Toolkit: Instrument = { ...c3, tools: c3Tools };

/** Twenty statements, scale 1-5, sum 20-100. Source: KRK's exhibit; the wording of every statement is ours. */
export const relationshipCheck: Instrument = relationship as unknown as Instrument;

/** What ships with the product, in all languages that respondents speak. */
export const builtInInstruments: Instrument[] = [c3Toolkit, relationshipCheck];
