import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { homePerTest } from '../../test/support/home.ts';
import { NOON, toolCall } from '../../test/support/make-event.ts';
import { createEngine, type Engine } from './engine.ts';

const home = homePerTest();
let engine: Engine;
beforeEach(() => {
  const { paths, open, clock } = home();
  engine = createEngine({ paths, open, clock });
});
afterEach(() => engine.close());
const kinds = () => engine.readGlance().today.record.segments.map(({ kind }) => kind);

describe('pausing the engine', () => {
  it('is refused, and writes nothing, before the hook is installed', () => {
    expect(() => engine.setPaused(true)).toThrow('not installed');
    expect(existsSync(home().paths.own)).toBe(false);
  });

  it('is seen at once, and afterwards as a pause on both record lines', () => {
    home().pretendInstalled();
    home().add(toolCall({ at: NOON - 60_000 }));
    home().clock.set(NOON);
    const before = engine.revision();
    expect(engine.setPaused(true)).toBe(true);
    expect(engine.revision()).not.toBe(before);
    expect(engine.readHealth().health.state).toBe('paused');
    home().clock.advance(30 * 60_000);
    expect(kinds()).toEqual(['hook', 'paused']);
    expect(engine.setPaused(false)).toBe(true);
    expect(engine.revision()).toBe(before);
    home().clock.advance(60_000);
    expect(kinds()).toEqual(['hook', 'paused', 'hook']);
    const { segments } = engine.readOverview(7).record;
    expect(segments.find(({ kind }) => kind === 'paused')).toMatchObject({
      fromAt: NOON,
      toAt: NOON + 30 * 60_000,
    });
  });
});
