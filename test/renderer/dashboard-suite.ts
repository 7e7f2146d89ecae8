import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { FAKE_SESSION } from '../support/fake-sessions.ts';
import { calledOnce, callsOf, type Open } from './pages.ts';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

const PAGES_OF_WINDOW = [
  ...['overview', 'live', 'tools', 'errors', 'commands', 'sessions', 'events', 'health', 'install'],
  `sessions?session=${FAKE_SESSION}`,
];
const PAGES_BY_KEY = [
  ['1', 'Live'],
  ['3', 'Tools'],
  ['4', 'Errors'],
  ['7', 'Commands'],
  ['8', 'Sessions'],
  ['0', 'Health'],
  ['2', 'Overview'],
] as const;

/** What the dashboard does in a real browser. */
export function dashboardSuite(open: Open): void {
  it('draws the overview of a month with a bar for each day', async () => {
    const page = await open({ name: 'dashboard', world: 'normal' });
    await page.getByText('Record complete').waitFor();
    await page.getByText('40,002').first().waitFor();
    const chart = page.getByRole('application');
    await chart.waitFor();
    expect(
      await chart.locator('.recharts-bar').first().locator('.recharts-bar-rectangle').count(),
    ).toBe(30);
    expect(await callsOf(page, 'overview.read')).toEqual([{ days: 30 }]);
  });

  it('reads another range when it is chosen, by pointer or by arrow key', async () => {
    const page = await open({ name: 'dashboard', world: 'normal' });
    await page.getByText('Record complete').waitFor();
    await page.getByRole('radio', { name: '7' }).check();
    await page.getByText('18 Nov – 24 Nov, 14:45').waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.getByText('24 Nov, 00:00 – 14:45').waitFor();
    expect(await callsOf(page, 'overview.read')).toEqual([{ days: 30 }, { days: 7 }, { days: 1 }]);
  });

  it('shows another figure as soon as main says that something changed', async () => {
    const page = await open({ name: 'dashboard', world: 'normal' });
    await page.getByText('40,002').first().waitFor();
    await page.evaluate(() => {
      window.fake.amend('overview.read', (view) => ({
        ...view,
        kpis: { ...view.kpis, calls: { value: 40_003, previous: null } },
      }));
      window.fake.push('data.changed', { at: 1 });
    });
    await page.getByText('40,003').first().waitFor();
  });

  it.each(['mac', 'linux'] as const)('changes pages by key on %s', async (platform) => {
    const page = await open({ name: 'dashboard', world: 'normal', look: { platform } });
    const modifier = platform === 'mac' ? 'Meta' : 'Control';
    await page.getByRole('heading', { level: 1 }).waitFor();
    for (const [key, name] of PAGES_BY_KEY) {
      await page.keyboard.press(`${modifier}+${key}`);
      await heading(page, name).waitFor();
    }
    await page.keyboard.press(`${modifier}+r`);
    await calledOnce(page, 'refresh.run');
  });

  it('shows the page that main asks for, in its address or later', async () => {
    const page = await open({ name: 'dashboard', world: 'not-installed', hash: 'install' });
    await heading(page, 'Install').waitFor();
    await page.evaluate(() =>
      window.fake.push('dashboard.shown', { page: 'health', session: null }),
    );
    await heading(page, 'Health').waitFor();
    await page.getByRole('button', { name: 'Install', exact: true }).click();
    await heading(page, 'Install').waitFor();
    await page.keyboard.press('Escape');
    await heading(page, 'Overview').waitFor();
  });

  it('leads from the status tile to Health', async () => {
    const page = await open({ name: 'dashboard', world: 'attention' });
    await page.getByRole('navigation').getByText('Hooks are missing').click();
    await heading(page, 'Health').waitFor();
  });

  it.each([
    ['overview', 'stale', ['Figures are 18', 'read at 14:27', 'Record, to 14:27']],
    ['overview', 'attention', ['Another program rewrote', 'Review and Install…']],
    ['overview', 'not-installed', ['Nothing on the hook yet', 'This is all it takes']],
    ['overview', 'fresh', ['Nothing on the hook yet', 'The hooks are in place']],
    ['overview', 'error', ['Cannot be read since', 'The database could not be opened']],
    ['overview', 'loading', ['Reading the record', 'Activity']],
    ['events', 'not-installed', ['Nothing recorded yet', 'nothing is recorded']],
    ['events', 'fresh', ['No events yet', 'The hooks are in place']],
    ['events', 'error', ['Cannot be read since']],
    ['live', 'normal', ['needs your answer', 'npm test -- ledger']],
    ['live', 'fresh', ['The first call of the next Claude Code session appears here']],
    ['live', 'not-installed', ['nothing is recorded']],
    ['live', 'stale', ['Figures are 18']],
    ['live', 'error', ['Cannot be read since']],
    ['tools', 'normal', ['How they ended', 'Latest failures']],
    ['tools', 'fresh', ['No calls in this range']],
    ['errors', 'normal', ['Text to replace not found', 'recovered in 22']],
    ['errors', 'fresh', ['No errors in this range']],
    ['errors', 'stale', ['Figures are 18']],
    ['errors', 'error', ['Cannot be read since']],
    ['commands', 'normal', ['What it was to do', 'run build']],
    ['commands', 'not-installed', ['Nothing recorded yet']],
    ['sessions', 'normal', ['176 sessions', 'ended, inferred']],
    ['sessions', 'fresh', ['No session in this range']],
    ['sessions', 'error', ['Cannot be read since']],
    ['sessions?session=unknown', 'normal', ['No such session']],
    ['health', 'normal', ['recorded in all', 'Every event is in both stores.']],
    ['health', 'attention', ['1 needs attention, 1 to note', '12 events wait, oldest 14']],
    ['health', 'not-installed', ['The stores have not been compared yet.']],
    ['health', 'error', ['Cannot be read since']],
    ['install', 'not-installed', ['Adds 10 lines, changes 1.', '"PostToolUseFailure": [']],
    ['install', 'refused', ['line 14 has a comma too many']],
    ['install', 'normal', ['Already installed']],
    ['install', 'error', ['Cannot be read since']],
  ] as const)('draws %s in the state %s', async (hash, world, words) => {
    const page = await open({ name: 'dashboard', world, hash });
    for (const each of words) await page.getByText(each).first().waitFor();
  });

  it('opens and closes an event by keyboard, with everything that is known of it', async () => {
    const page = await open({ name: 'dashboard', world: 'normal', hash: 'events' });
    const rows = page.locator('[aria-expanded]');
    await rows.nth(4).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Denied').waitFor();
    await page.getByText('Tue 24 Nov, 14:44:17.640').waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await rows.nth(5).evaluate((row) => row === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByText('Tue 24 Nov, 14:44:17.640').waitFor({ state: 'detached' });
    await heading(page, 'Events').waitFor();
  });

  it('loads older events on demand and keeps them when new ones come', async () => {
    const page = await open({ name: 'dashboard', world: 'normal', hash: 'events' });
    const rows = page.locator('[aria-expanded]');
    await rows.nth(199).waitFor();
    await page.getByRole('button', { name: 'Load Older Events' }).click();
    // The page that follows begins with the last event again.
    await rows.nth(398).waitFor();
    await page.evaluate(() => {
      window.fake.amend('events.read', (page) => ({
        ...page,
        events: [
          {
            ...page.events[0],
            id: 'brand-new',
            name: 'NewTool',
            at: page.now,
          } as (typeof page.events)[0],
          ...page.events,
        ],
      }));
      window.fake.push('data.changed', { at: 1 });
    });
    await page.getByText('NewTool').waitFor();
    expect(await rows.count()).toBe(400);
    expect(await callsOf(page, 'events.read')).toMatchObject([
      { beforeAt: null },
      { limit: 200 },
      { beforeAt: null },
    ]);
  });

  it('installs only when it is told to, once, and says what main said', async () => {
    const page = await open({ name: 'dashboard', world: 'not-installed', hash: 'install' });
    const button = page.getByRole('main').getByRole('button', { name: 'Install', exact: true });
    await button.waitFor();
    expect(await callsOf(page, 'install.apply')).toEqual([]);
    expect(await callsOf(page, 'install.test')).toEqual([]);
    await button.click();
    await page.getByText('Claude Code picks the hooks up in its next session.').waitFor();
    await calledOnce(page, 'install.apply');
    // The test event follows by itself, and is shown.
    await page.getByText('It works', { exact: true }).waitFor();
    await page.getByText('Test event, by hook').waitFor();
    await calledOnce(page, 'install.test');
  });

  it('offers no Install where the settings must not be edited', async () => {
    const page = await open({ name: 'dashboard', world: 'refused', hash: 'install' });
    await page.getByText('Nothing can be installed yet').waitFor();
    expect(
      await page.getByRole('main').getByRole('button', { name: 'Install', exact: true }).count(),
    ).toBe(0);
    await page.getByRole('button', { name: 'Check Again' }).click();
    expect(await callsOf(page, 'install.plan')).toHaveLength(2);
  });

  it('offers the step that helps beside each finding', async () => {
    const page = await open({ name: 'dashboard', world: 'attention', hash: 'health' });
    await page.getByRole('main').getByRole('button', { name: 'Refresh Now', exact: true }).click();
    await calledOnce(page, 'refresh.run');
    await page.getByRole('button', { name: 'Review and Install…' }).click();
    await heading(page, 'Install').waitFor();
  });

  it.each([
    [900, 620],
    [1180, 760],
  ])('lets nothing stick out sideways in a window of %d × %d', async (width, height) => {
    for (const hash of PAGES_OF_WINDOW) {
      const world = hash === 'overview' ? 'crowded' : 'attention';
      const page = await open({ name: 'dashboard', world, hash, look: { width, height } });
      await page.locator('main > :nth-child(2) > *').first().waitFor();
      const sticksOut = await page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('main > *')].some(
          (element) => element.scrollWidth > element.clientWidth,
        ),
      );
      expect([hash, sticksOut]).toEqual([hash, false]);
    }
  });
}
