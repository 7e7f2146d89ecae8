import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { FAKE_SESSION } from '../support/fake-sessions.ts';
import { callsOf, type Open } from './pages.ts';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const address = (page: Page): Promise<string> => page.evaluate(() => location.hash);

/** Puts `count` new events on top of the fake stream and says that there is news. */
async function bringEvents(page: Page, count: number, name: string): Promise<void> {
  await page.evaluate(
    ([many, tool]) => {
      window.fake.amend('live.read', (view) => {
        const [first] = view.events;
        if (first === undefined) throw new Error('the fake stream is empty');
        const fresh = Array.from({ length: many }, (_, index) => ({
          ...first,
          id: `${tool}-${index}`,
          name: tool,
          at: view.now + many - index,
        }));
        return { ...view, events: [...fresh, ...view.events].slice(0, 400) };
      });
      window.fake.push('data.changed', { at: 1 });
    },
    [count, name] as const,
  );
}

/** What the pages about the work do in a real browser. */
export function workSuite(open: Open): void {
  it('follows the stream, with few rows drawn however many there are', async () => {
    const page = await open({ name: 'dashboard', world: 'normal', hash: 'live' });
    await page.getByRole('listitem').filter({ hasText: '14:44:56' }).first().waitFor();
    await bringEvents(page, 300, 'FreshTool');
    await page
      .getByRole('list', { name: 'Events, newest last' })
      .getByText('FreshTool')
      .last()
      .waitFor();
    // New rows are drawn first and scrolled to then.
    const end = page.locator('[aria-posinset]').last();
    const placeOf = (name: string) => end.getAttribute(name);
    await expect
      .poll(async () => [await placeOf('aria-posinset'), await placeOf('aria-setsize')])
      .toEqual(['700', '700']);
    expect(await page.locator('[aria-posinset]').count()).toBeLessThan(80);
  });

  it('holds the stream on Space and says how much is newer', async () => {
    const page = await open({ name: 'dashboard', world: 'normal', hash: 'live' });
    await page.getByRole('listitem').filter({ hasText: '14:44:56' }).first().waitFor();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Follow' }).waitFor();
    await bringEvents(page, 3, 'FreshTool');
    const newer = page.getByRole('button', { name: '3 newer' });
    await newer.waitFor();
    expect(await page.getByText('FreshTool').count()).toBe(0);
    await newer.click();
    await page.getByText('FreshTool').last().waitFor();
  });

  it('opens an event of the stream in place, and walks on by arrow keys', async () => {
    const page = await open({ name: 'dashboard', world: 'normal', hash: 'live' });
    const row = page.getByRole('listitem').filter({ hasText: '14:44:17' });
    await row.getByRole('button').focus();
    await page.keyboard.press('Enter');
    await page.getByText('Tue 24 Nov, 14:44:17.640').waitFor();
    await page.keyboard.press('ArrowUp');
    await page.waitForFunction(
      () =>
        document.activeElement?.textContent?.includes('link-check') === false &&
        document.activeElement?.textContent?.includes('14:44:12') === true,
    );
  });

  it('cuts the stream down to a kind', async () => {
    const page = await open({ name: 'dashboard', world: 'normal', hash: 'live' });
    await page.getByRole('button', { name: /^Prompts/ }).click();
    const rows = page.locator('[aria-posinset]');
    await expect.poll(() => rows.count()).toBe(1);
    expect(await rows.innerText()).toContain('Rename the ledger columns');
  });

  it('keeps one filter on all pages and in the address', async () => {
    const page = await open({ name: 'dashboard', world: 'normal', hash: 'errors' });
    await page.getByLabel('Project').selectOption('docs-site');
    await page.getByRole('radio', { name: '7' }).check();
    await page.keyboard.press('Meta+3');
    await heading(page, 'Tools').waitFor();
    expect(await page.getByLabel('Project').inputValue()).toBe('/home/dev/docs-site');
    expect(await address(page)).toBe('#tools?range=7&project=%2Fhome%2Fdev%2Fdocs-site');
    const asked = (await callsOf(page, 'ranks.read')).at(-1);
    expect(asked).toMatchObject({
      by: 'tool',
      filter: { days: 7, project: '/home/dev/docs-site' },
    });
  });

  it('goes to the search field by key, and searches once typing rests', async () => {
    const page = await open({ name: 'dashboard', world: 'normal', hash: 'commands' });
    await heading(page, 'Commands').waitFor();
    await page.keyboard.press('Meta+f');
    await page.keyboard.type('push');
    await page.waitForFunction(() => location.hash.includes('q=push'));
    const searched = (await callsOf(page, 'ranks.read')).map(
      (call) => (call as { filter: { search: string } }).filter.search,
    );
    expect(new Set(searched)).toEqual(new Set(['', 'push']));
  });

  it('takes two days of the user’s own, and says what is wrong with them', async () => {
    const page = await open({ name: 'dashboard', world: 'normal', hash: 'errors' });
    await page.getByRole('button', { name: 'Custom Range…' }).click();
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByText('Both days are needed.').waitFor();
    await page.getByRole('textbox', { name: 'From' }).fill('2026-11-02');
    await page.getByRole('textbox', { name: 'To, inclusive' }).fill('2026-11-01');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByText('The first day comes after the last one.').waitFor();
    await page.getByRole('textbox', { name: 'To, inclusive' }).fill('2026-11-03');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.waitForFunction(() => location.hash.includes('from='));
    expect((await callsOf(page, 'ranks.read')).at(-1)).toMatchObject({
      filter: { custom: { fromAt: Date.UTC(2026, 10, 2), toAt: Date.UTC(2026, 10, 4) } },
    });
  });

  it('leads from a number to the events behind it, and back', async () => {
    const page = await open({ name: 'dashboard', world: 'normal', hash: 'errors' });
    await page.getByRole('button', { name: 'Timed out' }).click();
    await page.getByRole('button', { name: 'Show All 108' }).click();
    await heading(page, 'Events').waitFor();
    await page.getByText('errors: Timed out').waitFor();
    expect((await callsOf(page, 'events.read')).at(-1)).toMatchObject({
      scope: { pick: { errorClass: 'timeout' } },
    });
    await page.goBack();
    await heading(page, 'Errors').waitFor();
    expect(await address(page)).toContain('chosen=timeout');
  });

  it('opens a session, walks its turns and leaves it by Esc', async () => {
    const page = await open({ name: 'dashboard', world: 'normal', hash: 'sessions' });
    await page.getByRole('button', { name: 'hookline' }).first().click();
    await page.getByRole('img', { name: /^Timeline: 8 prompts, 214 calls/ }).waitFor();
    expect(await address(page)).toContain(`session=${FAKE_SESSION}`);
    await page.getByRole('heading', { name: 'Prompt 8' }).waitFor();
    await page.getByTitle('Earlier Prompt').click();
    await page.getByRole('heading', { name: 'Prompt 7' }).waitFor();
    await page.keyboard.press('Escape');
    await heading(page, 'Sessions').waitFor();
  });

  it('shows the session that main asks for', async () => {
    const page = await open({ name: 'dashboard', world: 'normal' });
    await heading(page, 'Overview').waitFor();
    await page.evaluate(
      (session) => window.fake.push('dashboard.shown', { page: 'sessions', session }),
      FAKE_SESSION,
    );
    await page.getByRole('img', { name: /^Timeline/ }).waitFor();
  });
}
