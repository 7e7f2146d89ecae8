import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { overwrite } from '../../test/support/damage.ts';
import { homePerTest } from '../../test/support/home.ts';
import { toolCall } from '../../test/support/make-event.ts';
import { describeSalvage, describeSetAside } from './describe-salvage.ts';
import type { SalvageReport } from './salvage.ts';
import { listSetAside } from './set-aside.ts';

const home = homePerTest();

const REPORT: SalvageReport = {
  at: 0,
  asidePath: '/x.damaged-20260126T120000Z',
  complaints: ['malformed'],
  isMended: false,
  isReadable: true,
  own: { events: 1, wrongEvents: 0, amendments: 0, isWhole: true },
  foreign: { tables: [{ name: 'findings', rows: 3, isWhole: true }], lost: [] },
};

describe('describeSalvage', () => {
  it('says what came from where', () => {
    expect(describeSalvage(REPORT)).toEqual([
      '1 event of ours came from it.',
      '1 other table came over whole.',
    ]);
  });

  it('says what is lost', () => {
    const lost = describeSalvage({
      ...REPORT,
      isMended: true,
      own: { ...REPORT.own, isWhole: false },
      foreign: {
        tables: [{ name: 'findings', rows: 3, isWhole: false }],
        lost: [{ type: 'view', name: 'v', reason: 'x' }],
      },
    });
    expect(lost.slice(1)).toEqual([
      'Others could not be read and come from JSONL.',
      '0 other tables came over whole.',
      'Rows are missing in findings.',
      'Lost: view v.',
      'Its first bytes were lost, and with them user_version.',
    ]);
    expect(describeSalvage({ ...REPORT, isReadable: false })).toEqual([
      'Nothing in it could be read; events come from JSONL, tables of others are lost.',
    ]);
  });
});

describe('describeSetAside', () => {
  it('tells of a damaged database for as long as it is kept', async () => {
    home().add(toolCall());
    home().withStore((db) => db.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
    overwrite(home().paths.database, 0, Buffer.alloc(100, 0x5a));
    expect(await home().refresh()).toMatchObject({ ok: true });
    expect(describeSetAside(home().paths)).toMatchObject([
      { detail: expect.stringMatching(/^It is kept as antigravity.db.damaged-\S+Z\. 1 event of/) },
    ]);
    for (const { path } of listSetAside(home().paths.database)) rmSync(path);
    expect(describeSetAside(home().paths)).toEqual([]);
  });

  it('tells of one whose report had no place, and the record goes on', async () => {
    home().add(toolCall());
    home().withStore((db) => db.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
    overwrite(home().paths.database, 0, Buffer.alloc(100, 0x5a));
    mkdirSync(home().paths.salvages, { recursive: true });
    expect(await home().refresh()).toMatchObject({ ok: true, drift: 0 });
    expect(describeSetAside(home().paths)).toHaveLength(1);
  });

  it('tells of one whose report is lost', () => {
    home().withStore(() => undefined);
    writeFileSync(`${home().paths.database}.damaged-20260126T120000Z`, '');
    mkdirSync(home().paths.own, { recursive: true });
    writeFileSync(home().paths.salvages, 'torn\n');
    expect(describeSetAside(home().paths)).toEqual([
      {
        title: 'A damaged database was put aside',
        detail: 'It is kept as antigravity.db.damaged-20260126T120000Z.',
      },
    ]);
  });
});
