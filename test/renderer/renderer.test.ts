/** One file, because building the pages and starting a browser costs more than any test here. */
import { describe } from 'vitest';
import { accessibilitySuite } from './accessibility-suite.ts';
import { dashboardSuite } from './dashboard-suite.ts';
import { glanceSuite } from './glance-suite.ts';
import { describePages } from './pages.ts';
import { settingsSuite } from './settings-suite.ts';
import { workSuite } from './work-suite.ts';

describePages('the pages in Chromium', (open) => {
  describe('the glance', () => glanceSuite(open));
  describe('the dashboard', () => dashboardSuite(open));
  describe('the pages about the work', () => workSuite(open));
  describe('the settings', () => settingsSuite(open));
  describe('accessibility', () => accessibilitySuite(open));
});
