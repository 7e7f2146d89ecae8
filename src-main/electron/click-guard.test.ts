import { describe, expect, it } from 'vitest';
import { createClickGuard } from './click-guard.ts';

describe('createClickGuard', () => {
  it('opens when closed and closes when open', () => {
    const guard = createClickGuard();
    expect(guard.clicked(false, 1000)).toBe('open');
    expect(guard.clicked(true, 2000)).toBe('close');
    expect(guard.clicked(false, 3000)).toBe('open');
  });

  it('does not open again on the click that took the focus away', () => {
    const guard = createClickGuard();
    guard.closedByBlur(1000);
    expect(guard.clicked(false, 1150)).toBe('stay-closed');
  });

  it('opens on the next click after that one', () => {
    const guard = createClickGuard();
    guard.closedByBlur(1000);
    guard.clicked(false, 1100);
    expect(guard.clicked(false, 1200)).toBe('open');
  });

  it('opens when the focus was lost to something else a while ago', () => {
    const guard = createClickGuard();
    guard.closedByBlur(1000);
    expect(guard.clicked(false, 1400)).toBe('open');
  });

  it('stays closed however long the button is held, where the press is known', () => {
    const guard = createClickGuard();
    guard.pressed(true);
    guard.closedByBlur(1000);
    expect(guard.clicked(false, 9000)).toBe('stay-closed');
  });

  it('opens after a press that found the glance closed', () => {
    const guard = createClickGuard();
    guard.pressed(false);
    expect(guard.clicked(false, 1000)).toBe('open');
  });

  it('opens after the clock was set back', () => {
    const guard = createClickGuard();
    guard.closedByBlur(5000);
    expect(guard.clicked(false, 1000)).toBe('open');
  });
});
