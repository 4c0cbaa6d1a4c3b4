import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RareWarning } from './event-log.ts';
import { Events } from './testing/events.ts';

test('of what happens often one line a minute is told, with how often it has', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const events = new Events();
  const warning = new RareWarning(events, 'it rains');
  for (let drop = 1; drop <= 1000; drop++) warning.happened({ drop });
  assert.deepEqual(events.lines, ['warn [{"drop":1,"times":1},"it rains"]']);
  t.mock.timers.tick(60_000);
  assert.equal(events.lines.at(-1), 'warn [{"drop":1000,"times":999},"it rains"]');
  t.mock.timers.tick(120_000);
  assert.equal(events.lines.length, 2);
  warning.happened({ drop: 1001 });
  assert.equal(events.lines.at(-1), 'warn [{"drop":1001,"times":1},"it rains"]');
});
