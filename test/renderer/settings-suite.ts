import { expect, it } from 'vitest';
import { callsOf, type Open } from './pages.ts';

/** What the settings do in a real browser. */
export function settingsSuite(open: Open): void {
  it('change one setting at a time, as soon as it is chosen', async () => {
    const page = await open({ name: 'settings', world: 'normal' });
    await page.getByLabel('Redacted content').check();
    await page.getByLabel('Beside the icon').selectOption('errors');
    await page.getByLabel('Start at login').uncheck();
    await page.getByLabel('the disk is nearly full').uncheck();
    await expect
      .poll(() => callsOf(page, 'settings.change'))
      .toEqual([
        { name: 'privacy', value: 'redacted' },
        { name: 'trayTitle', value: 'errors' },
        { name: 'launchAtLogin', value: false },
        { name: 'notifications', value: ['capture', 'drift', 'purge'] },
      ]);
  });

  it('put back the default of one field alone', async () => {
    const page = await open({ name: 'settings', world: 'normal' });
    await page.getByLabel('Full content').check();
    await page.getByTitle('Put back the default of “What is kept of an event”').click();
    await expect.poll(() => page.getByLabel('Metadata').isChecked()).toBe(true);
    expect(await page.getByText('/home/dev/private').count()).toBe(1);
  });

  it('say beside the field what main could not do', async () => {
    const page = await open({ name: 'settings', world: 'normal' });
    const box = page.getByLabel('Know which tool is running now');
    await box.waitFor();
    await page.evaluate(() =>
      window.fake.answer('settings.change', async () => ({
        isApplied: false,
        problem: 'settings.json cannot be written',
      })),
    );
    await box.click();
    await page.getByText('Not changed: settings.json cannot be written.').waitFor();
    expect(await box.isChecked()).toBe(false);
  });

  it('take a folder that is typed or chosen, and refuse what is none', async () => {
    const page = await open({ name: 'settings', world: 'normal' });
    const path = page.getByLabel('Path of a folder');
    await path.fill('private');
    await path.press('Enter');
    await page.getByText('A path that begins with / is needed.').waitFor();
    await path.fill('/home/dev/private/');
    await path.press('Enter');
    await page.getByText('This folder is left out already.').waitFor();
    await path.fill('/work/client/');
    await path.press('Enter');
    await page.getByText('/work/client', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Leave Out a Folder…' }).click();
    await page.getByText('/home/dev/secret', { exact: true }).waitFor();
    expect(await callsOf(page, 'settings.change')).toEqual([
      { name: 'excludedFolders', value: ['/home/dev/private', '/work/client'] },
      {
        name: 'excludedFolders',
        value: ['/home/dev/private', '/work/client', '/home/dev/secret'],
      },
    ]);
  });

  it('take a shortcut that is pressed, but none without a modifier', async () => {
    const page = await open({ name: 'settings', world: 'normal' });
    const keys = page.getByLabel('Keys that open the glance');
    await keys.click();
    await page.keyboard.press('h');
    await page.getByText('At least one of ⌘, Ctrl or Alt must be held.').waitFor();
    await page.keyboard.press('Alt+Meta+h');
    await page.getByText('⌘⌥H').waitFor();
    expect(await callsOf(page, 'settings.change')).toEqual([
      { name: 'shortcut', value: 'Command+Alt+H' },
    ]);
  });

  it('follow a change that was made elsewhere', async () => {
    const page = await open({ name: 'settings', world: 'normal' });
    await page.getByLabel('Metadata').waitFor();
    await page.evaluate(() => {
      window.fake.amend('settings.read', (view) => ({
        ...view,
        settings: { ...view.settings, privacy: 'full' as const },
        problems: [{ name: 'timeZone', message: 'not a time zone' }],
      }));
      window.fake.push('data.changed', { at: 1 });
    });
    await expect.poll(() => page.getByLabel('Full content').isChecked()).toBe(true);
    await page.getByText('timeZone: not a time zone; its default is in force.').waitFor();
  });

  it('say that they cannot be read, and try again', async () => {
    const page = await open({ name: 'settings', world: 'error' });
    await page.getByText('The settings cannot be read').waitFor();
    await page.getByRole('button', { name: 'Try Again' }).click();
    await expect.poll(async () => (await callsOf(page, 'settings.read')).length).toBe(2);
  });
}
