import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { calledOnce, callsOf, type Open } from './pages.ts';

const row = (page: Page, name: string) =>
  page.locator('section[aria-label="Today"] > div', { hasText: name });
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.textContent ?? '');

/** What the glance does in a real browser. */
export function glanceSuite(open: Open): void {
  it('shows the figures of the first reading, in the zone that main has chosen', async () => {
    const page = await open({ name: 'glance', world: 'normal' });
    await row(page, 'Calls').getByText('1,143').waitFor();
    await row(page, 'Record').getByText('complete').waitFor();
    // The browser stands in New York, where that moment is 03:00.
    await page.getByText('08:00', { exact: true }).waitFor();
    await page.getByText('Capturing').waitFor();
  });

  it('shows another figure as soon as main says that something changed', async () => {
    const page = await open({ name: 'glance', world: 'normal' });
    await row(page, 'Calls').getByText('1,143').waitFor();
    await page.evaluate(() => {
      window.fake.amend('glance.read', (view) => ({
        ...view,
        today: { ...view.today, calls: { ...view.today.calls, total: view.today.calls.total + 1 } },
      }));
      window.fake.push('data.changed', { at: 1 });
    });
    await row(page, 'Calls').getByText('1,144').waitFor();
    expect(await callsOf(page, 'glance.read')).toHaveLength(2);
  });

  it('reads nothing while it is hidden, and once when it is shown', async () => {
    const page = await open({ name: 'glance', world: 'normal' });
    await row(page, 'Calls').getByText('1,143').waitFor();
    const reads = await page.evaluate(async () => {
      const setVisibility = (state: string): void => {
        Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      };
      const count = (): number =>
        window.fake.calls.filter((call) => call.name === 'glance.read').length;
      setVisibility('hidden');
      window.fake.push('data.changed', { at: 1 });
      window.fake.push('data.changed', { at: 2 });
      const whileHidden = count();
      setVisibility('visible');
      return [whileHidden, count()];
    });
    expect(reads).toEqual([1, 2]);
  });

  it('tells main the height of its content, again when the content changes', async () => {
    const page = await open({ name: 'glance', world: 'normal' });
    const height = Math.ceil((await page.locator('main').boundingBox())?.height ?? 0);
    expect(await callsOf(page, 'glance.fit')).toEqual([{ height }]);
    await page.evaluate(() => {
      window.fake.amend('glance.read', (view) => ({ ...view, lastErrors: [] }));
      window.fake.push('data.changed', { at: 1 });
    });
    await page.getByText('Last errors').waitFor({ state: 'detached' });
    await page.waitForFunction(
      () => window.fake.calls.filter((call) => call.name === 'glance.fit').length === 2,
    );
    const shorter = Math.ceil((await page.locator('main').boundingBox())?.height ?? 0);
    expect((await callsOf(page, 'glance.fit')).at(-1)).toEqual({ height: shorter });
    expect(shorter).toBeLessThan(height);
  });

  it.each([
    ['mac', 'Meta'],
    ['linux', 'Control'],
  ] as const)('obeys its keys on %s', async (platform, modifier) => {
    const page = await open({ name: 'glance', world: 'normal', look: { platform } });
    await page.keyboard.press(`${modifier}+d`);
    expect(await calledOnce(page, 'dashboard.open')).toEqual({ page: 'overview', session: null });
    await page.keyboard.press(`${modifier}+r`);
    await page.getByText('12 healed').waitFor();
    await calledOnce(page, 'refresh.run');
    await page.keyboard.press('Escape');
    await calledOnce(page, 'glance.close');
    await page.keyboard.press(`${modifier}+q`);
    await calledOnce(page, 'app.quit');
  });

  it('pauses recording, and goes on with it', async () => {
    const page = await open({ name: 'glance', world: 'normal' });
    await page.getByRole('button', { name: 'Pause Recording' }).click();
    await calledOnce(page, 'capture.pause');
    const paused = await open({ name: 'glance', world: 'paused' });
    await paused.locator('footer').getByText('Resume Recording').click();
    await calledOnce(paused, 'capture.resume');
  });

  it('is walked by the arrow keys, from the health line to Quit', async () => {
    const page = await open({ name: 'glance', world: 'normal' });
    await page.getByText('Last errors').waitFor();
    const seen: string[] = [];
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press('ArrowDown');
      seen.push((await focused(page)).slice(0, 9));
    }
    expect(seen).toEqual([
      'Capturing',
      'atlas-api',
      'hookline1',
      'docs-site',
      'Bashnpm t',
      'Bashdocke',
      'Editsrc/s',
      'Open Dash',
      'Refresh N',
      'Pause Rec',
      'Settings…',
      'Quit Hook',
    ]);
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    expect(await calledOnce(page, 'dashboard.open')).toEqual({ page: 'health', session: null });
  });

  it('keeps the order of sessions while the pointer is among them', async () => {
    const page = await open({ name: 'glance', world: 'normal' });
    const names = (): Promise<string[]> =>
      page.locator('section[aria-labelledby="live-sessions"] li').allTextContents();
    await page.getByText('docs-site').hover();
    await page.evaluate(() => {
      window.fake.amend('glance.read', (view) => ({
        ...view,
        liveSessions: view.liveSessions
          .filter((session) => session.state !== 'waiting')
          .map((session) =>
            session.project === 'docs-site' ? { ...session, sinceAt: view.now } : session,
          ),
      }));
      window.fake.push('data.changed', { at: 1 });
    });
    await page.getByText('atlas-api').waitFor({ state: 'detached' });
    expect((await names()).map((name) => name.slice(0, 8))).toEqual(['hookline', 'docs-sit']);
    await page.getByText('Open Dashboard').hover();
    await expect
      .poll(async () => (await names()).map((name) => name.slice(0, 8)))
      .toEqual(['docs-sit', 'hookline']);
  });

  it.each([
    ['nothing-today', ['Ready', 'None open. Yesterday: 1,922 calls']],
    ['stale', ['Figures are 18', 'have not answered since 14:27', 'as of 14:27', 'not read']],
    ['attention', ['Hooks are missing', '43', '1 more finding in Health']],
    ['paused', ['Paused', 'is not filled in later']],
    ['not-installed', ['Not capturing yet', 'Review the change']],
    ['fresh', ['Ready', 'no event yet', 'None open.']],
    ['error', ['Cannot be read', 'The database could not be opened', 'Quit Hookline']],
    ['loading', ['Reading the record', 'Quit Hookline']],
  ] as const)('draws the state %s', async (world, words) => {
    const page = await open({ name: 'glance', world });
    for (const each of words) await page.getByText(each).first().waitFor();
  });

  it('shows no live session of old figures', async () => {
    const page = await open({ name: 'glance', world: 'stale' });
    await page.getByText('Last errors').waitFor();
    expect(await page.getByText('Live sessions').count()).toBe(0);
  });

  it('keeps its figures and says since when, when main can no longer read', async () => {
    const page = await open({ name: 'glance', world: 'normal' });
    await page.evaluate(() => {
      window.fake.fail('glance.read', 'store', 'The disk is gone');
      window.fake.push('data.changed', { at: 1 });
    });
    await page.getByText('Cannot be read').waitFor();
    await page.getByText('since 14:45').waitFor();
    await row(page, 'Calls').getByText('1,143').waitFor();
    // The page asks once more by itself; after that only the button does, for half a minute.
    await page.waitForFunction(
      () => window.fake.calls.filter((call) => call.name === 'glance.read').length === 3,
    );
    await page.evaluate(() => {
      window.fake.answer('glance.read', window.fakeHandlers['glance.read']);
    });
    await page.getByRole('button', { name: 'Try Again' }).click();
    await page.getByText('Capturing').waitFor();
  });

  it('leads to the install page before it is installed, and offers no refresh', async () => {
    const page = await open({ name: 'glance', world: 'not-installed' });
    await page.getByRole('button', { name: 'Review and Install…' }).click();
    expect(await calledOnce(page, 'dashboard.open')).toEqual({ page: 'install', session: null });
    await page.keyboard.press('Meta+r');
    expect(await page.getByText('Refresh Now').count()).toBe(0);
    expect(await callsOf(page, 'refresh.run')).toEqual([]);
  });

  it('lets nothing stick out sideways, however long the texts are', async () => {
    const page = await open({ name: 'glance', world: 'crowded' });
    await page.getByText('and 3 more').waitFor();
    const widest = await page.evaluate(() =>
      Math.max(
        ...[...document.querySelectorAll('main *')]
          .filter((element) => element.closest('svg') === null)
          .map((element) => element.getBoundingClientRect().right),
      ),
    );
    expect(widest).toBeLessThanOrEqual(350);
  });
}
