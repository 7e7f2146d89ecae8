/**
 * Draws the PNGs that Linux needs from the SVG files in resources/icons/src.
 *
 * macOS recolours its template images itself (resources/tray/*Template*.png, drawn by the designer
 * and left alone here). Linux panels recolour nothing, so each glyph is there as a pair: white for
 * dark panels, black for light ones. The PNGs are committed; this runs only when a drawing changes.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = join(import.meta.dirname, '..');
const SOURCE = join(ROOT, 'resources', 'icons', 'src');
const TRAY = join(ROOT, 'resources', 'tray');
const ICONS = join(ROOT, 'resources', 'icons');

const STATES = ['attention', 'waiting', 'paused', 'capturing', 'idle'] as const;
const PANEL_PX = 22;
const WHITE = '#fff';

const HELP = `Draws resources/tray/*On{Dark,Light}*.png and resources/icons/*.png from resources/icons/src/*.svg.

  node scripts/make-icons.ts

Needs rsvg-convert (Debian: apt-get install librsvg2-bin, macOS: brew install librsvg).`;

function draw(svg: string, sizePx: number, file: string): void {
  execFileSync(
    'rsvg-convert',
    ['--width', String(sizePx), '--height', String(sizePx), '--output', file],
    { input: svg },
  );
}

function drawPair(svg: string, sizePx: number, name: string): void {
  draw(svg, sizePx, join(TRAY, `${name}.png`));
  draw(svg, sizePx * 2, join(TRAY, `${name}@2x.png`));
}

function drawTrayIcons(): void {
  for (const state of STATES) {
    const black = readFileSync(join(SOURCE, `tray-${state}.svg`), 'utf8');
    const white = black.replaceAll('#000', WHITE);
    const name = `tray${state[0]?.toUpperCase()}${state.slice(1)}`;
    drawPair(black, PANEL_PX, `${name}OnLight`);
    drawPair(white, PANEL_PX, `${name}OnDark`);
  }
}

function drawAppIcons(): void {
  const large = readFileSync(join(SOURCE, 'app-icon.svg'), 'utf8');
  const small = readFileSync(join(SOURCE, 'app-icon-small.svg'), 'utf8');
  draw(small, 32, join(ICONS, 'hookline-32.png'));
  draw(large, 512, join(ICONS, 'hookline-512.png'));
  draw(large, 1024, join(ICONS, 'hookline-1024.png'));
}

const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
if (values.help) {
  console.log(HELP);
} else {
  mkdirSync(TRAY, { recursive: true });
  drawTrayIcons();
  drawAppIcons();
  console.log('icons drawn');
}
