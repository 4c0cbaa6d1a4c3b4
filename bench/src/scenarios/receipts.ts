import { setTimeout as after } from 'node:timers/promises';
import { enterExtended } from '../load/extended.ts';
import { Receipts } from '../load/receipts.ts';
import { untilFault } from '../load/until-fault.ts';
import { spentBy } from '../proc.ts';
import type { Settings } from '../settings.ts';
import { MessageText, NUMBER, SpeakerLines } from '../verify/message-line.ts';
import { type Figures, generator, type Job, type Measure, type Scenario } from './scenario.ts';

const receipted: Measure = {
  key: 'receipts',
  title: 'durable receipts a second',
  unit: '/s',
  better: 'more',
  digits: 0,
};
const cpu: Measure = {
  key: 'cpu',
  title: 'server CPU for a message',
  unit: 'µs',
  better: 'less',
  digits: 1,
};

/** How many messages a second become durable, when nothing else is to be done with them. */
export const receipts: Scenario = {
  type: 'load',
  name: 'receipts',
  title: (s) => `Receipts: ${sizes(s)}, each message whispered to oneself`,
  method: (s) =>
    `${method(s)} Each message is a PRV to its own sender, so that its receipt is all that anybody gets of it.`,
  measures: [receipted, cpu, generator],
  takes: ({ keeps }) => keeps,
  load: (job) => load(job, false),
};

/** The same in the lobby, where the others hear all of it. */
export const receiptsLobby: Scenario = {
  type: 'load',
  name: 'receipts-lobby',
  title: (s) => `Receipts: ${sizes(s)}, each message heard by all others`,
  method: (s) =>
    `${method(s)} Each message is a MSG in the lobby: besides its receipt it is delivered to ${s.receiptSpeakers - 1} others, which is most of the work.`,
  measures: [
    receipted,
    { key: 'deliveries', title: 'deliveries to others, in millions', unit: 'M/s', better: 'more', digits: 2 },
    cpu,
    generator,
  ],
  takes: ({ keeps }) => keeps,
  load: (job) => load(job, true),
};

function sizes(settings: Settings): string {
  return `${settings.receiptSpeakers} speakers in the extended form, ${settings.outstanding} messages of each without a receipt, ${settings.size}-byte text`;
}

function method(settings: Settings): string {
  return `Each speaker has at most ${settings.outstanding} messages without a receipt, and says more once half of them are receipted. A receipt is sent once its message is on the disk. Receipts are counted for ${settings.seconds} s after ${settings.warmUp} s of warm-up; each ref must be receipted once and in order, under ids that grow.`;
}

async function load(job: Job, lobby: boolean): Promise<Figures> {
  const { receiptSpeakers, outstanding, size, warmUp, seconds } = job.settings;
  const crowd = await enterExtended(job.port, receiptSpeakers);
  const lines = crowd.members.map(({ name, index }) => {
    const word = lobby ? 'MSG' : `PRV ${name}`;
    return new SpeakerLines(`@ref=${NUMBER} ${word} `, '\n', index, size);
  });
  const text = new MessageText(receiptSpeakers, size);
  const counted = new Receipts(crowd, { lines, text, heard: lobby });
  const count = () => ({ ...spentBy(job.pid), receipts: counted.receipts, heard: counted.heard });
  return untilFault(crowd, async () => {
    const stop = counted.keepOutstanding(outstanding);
    await after(warmUp * 1000);
    const before = count();
    await after(seconds * 1000);
    const now = count();
    stop();
    await counted.tail();
    const time = now.time - before.time;
    const kept = now.receipts - before.receipts;
    return {
      receipts: (kept * 1000) / time,
      deliveries: (now.heard - before.heard) / 1000 / time,
      cpu: ((now.cpu - before.cpu) * 1000) / kept,
      generator: ((now.own - before.own) * 100) / time,
    };
  });
}
