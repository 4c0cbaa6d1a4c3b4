import assert from 'node:assert/strict';
import { openSync } from 'node:fs';
import { test } from 'node:test';
import { WriteStream } from 'node:tty';
import { NAME_COLOURS, paintFor, plain } from './paint.ts';

/** A colour of the cube in the palette of 256, as xterm has it: its relative luminance (WCAG 2). */
function luminance(colour: number): number {
  const level = [0, 95, 135, 175, 215, 255];
  const at = colour - 16;
  const [red = 0, green = 0, blue = 0] = [Math.floor(at / 36), Math.floor(at / 6) % 6, at % 6].map((i) => {
    const part = (level[i] ?? 0) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test('the colours of names can be read on white and on black', () => {
  for (const colour of NAME_COLOURS) {
    const light = luminance(colour);
    assert.ok((light + 0.05) / 0.05 >= 3.6, `${colour} on black`);
    assert.ok(1.05 / (light + 0.05) >= 3.6, `${colour} on white`);
  }
});

test('no colours where the terminal has none, or NO_COLOR says so', () => {
  const terminal = new WriteStream(openSync('/dev/ptmx', 'r+'));
  assert.equal(terminal.getColorDepth({ NO_COLOR: '1', TERM: 'xterm-256color' }), 1);
  assert.equal(terminal.getColorDepth({ TERM: 'dumb' }), 1);
  terminal.destroy();
  assert.equal(paintFor({ getColorDepth: () => 1 }), plain);
  assert.equal(plain.name('ana') + plain.dim('a') + plain.strong('b') + plain.bar('c'), 'anaabc');
});

test('a name has one colour, in whatever spelling; many names have many', () => {
  const paint = paintFor({ getColorDepth: () => 8 });
  const colourOf = (name: string): string => paint.name(name).replace(name, '');
  assert.equal(colourOf('ana'), colourOf('Ana'));
  const colours = new Set(Array.from({ length: 200 }, (_, i) => colourOf(`name${i}`)));
  assert.equal(colours.size, NAME_COLOURS.length);
});
