import { readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { HOOK_EVENTS, isOurHandler, wantedGroups } from './hook-entries.ts';
import { planHookRemoval } from './hook-removal.ts';
import { inspectHooks, type PlanHookInstallOptions, planHookInstall } from './hook-settings.ts';
import type { WrittenSettings } from './settings-plan.ts';

const LAUNCHER = '/home/dev/.claude/hooks/hookline/hookline-hook';
const OPTIONS: PlanHookInstallOptions = {
  path: 'settings.json',
  launcher: LAUNCHER,
  form: 'exec',
  preToolUse: false,
  known: null,
};
const OURS = { type: 'command', command: LAUNCHER, args: ['capture'], timeout: 5 };
const OLD = readFileSync(
  new URL('../../test/fixtures/settings/old-pipeline.json', import.meta.url),
);

const stop = (groups: string) => `{"hooks":{"Stop":${groups}}}`;
const theirs = '{"hooks":[{"type":"command","command":"notify"}]}';

/** Files that are edited, by what is special about them. */
const EDITABLE: Readonly<Record<string, string | Buffer>> = {
  'an empty file': '',
  'a file of blanks': ' \n\t\n',
  'blanks without a line end': '   ',
  'a byte order mark and nothing else': '\uFEFF',
  'a byte order mark': '\uFEFF{\n  "model": "opus"\n}\n',
  'nothing but a comment': '// managed by hand\n',
  'a comment without a line end': '// managed by hand',
  'a comment and an object': '/* mine */ {"model":"opus"}',
  'an empty object': '{}',
  'an empty object with a blank': '{ }',
  'an empty object over two lines': '{\n}\n',
  'an empty object with a comment': '{\n  // nothing yet\n}\n',
  'an empty object with a block comment': '{ /* nothing yet */ }',
  'a minified file': '{"model":"opus","env":{"A":"1"}}',
  'one line with blanks': '{ "model": "opus" }',
  'two blanks of indentation': '{\n  "model": "opus"\n}\n',
  'four blanks of indentation': '{\n    "model": "opus"\n}\n',
  tabs: '{\n\t"model": "opus"\n}\n',
  'no indentation': '{\n"model": "opus"\n}\n',
  'CRLF line ends': '{\r\n  "model": "opus"\r\n}\r\n',
  'CR line ends': '{\r  "model": "opus"\r}\r',
  'no final line end': '{\n  "model": "opus"\n}',
  'blank lines at the end': '{\n  "model": "opus"\n}\n\n\n',
  'a trailing comma': '{\n  "model": "opus",\n}\n',
  'a trailing comma on one line': '{"model":"opus",}',
  'a comment behind the last value': '{\n  "model": "opus" // the big one\n}\n',
  'a comment behind the trailing comma': '{\n  "model": "opus", // the big one\n}\n',
  'a comment between value and trailing comma': '{\n  "model": "opus" /* big */ ,\n}\n',
  'a commented-out hooks': '{\n  // "hooks": {},\n  "model": "opus"\n}\n',
  'braces and comments inside strings': '{"a":"}], // not \\" one /* ","b":1}',
  'the last brace on the line of the last value': '{\n  "model": "opus" }\n',
  'hooks in front': '{\n  "hooks": {},\n  "model": "opus"\n}\n',
  'an empty hooks': '{"hooks":{}}',
  'an empty hooks with a comment': '{\n  "hooks": { // none\n  }\n}\n',
  'an escaped name of hooks': '{"\\u0068ooks":{"Stop":[]}}',
  'an empty list of an event': '{\n  "hooks": {\n    "Stop": []\n  }\n}\n',
  'hooks of other tools on our events': stop(`[${theirs}]`),
  'several groups of other tools': stop(`[${theirs},${theirs}]`),
  'a comment in the list of an event': `{\n  "hooks": {\n    "Stop": [\n      ${theirs} // notifier\n    ]\n  }\n}\n`,
  'a line comment at the end of a list on one line': `{"hooks":{"Stop":[${theirs} // x\n]}}`,
  'groups that are no objects': stop('[1, null, "x"]'),
  'groups without handlers': stop('[{"matcher":"*"},{"hooks":{}},{"hooks":[7,null]}]'),
  'two lists of handlers in one group': stop(`[{"hooks":[],"hooks":[{"type":"http"}]}]`),
  'notes among the events': '{"hooks":{"_comment":"mine","_more":{"a":1}}}',
  'an event that the client will know one day': '{"hooks":{"TeaReady":{"any":"shape"}}}',
  'equal keys elsewhere': '{"model":"a","model":"b","env":{"A":"1","A":"2"}}',
  'a name that is special in JavaScript': '{"__proto__":{"hooks":1},"constructor":2}',
  'numbers that JavaScript cannot hold': '{"a":12345678901234567890,"b":1e400,"c":-0,"d":1.0}',
  'characters outside of ASCII': '{"名前":"ünï 🎈","z":"\u2028"}',
  'hooks switched off': '{"disableAllHooks":true}',
  'WorktreeCreate of another tool': `{"hooks":{"WorktreeCreate":[${theirs}]}}`,
  'the old pipeline': OLD,
  'five megabytes': JSON.stringify(
    {
      permissions: {
        allow: Array.from({ length: 110_000 }, (_, i) => `Bash(echo ${i} ${'x'.repeat(22)})`),
      },
    },
    null,
    2,
  ),
  'a megabyte on one line': JSON.stringify({
    a: Array.from({ length: 20_000 }, (_, i) => `${i} ${'x'.repeat(44)}`),
  }),
};

/** Files that are left alone: what is wrong, and the line and column of it. */
const REFUSED: Readonly<Record<string, readonly [string | Buffer, RegExp, string | null]>> = {
  null: ['null', /holds null/, '1:1'],
  'a list': [' []', /holds a list/, '1:2'],
  'a string': ['"hooks"', /holds a string/, '1:1'],
  'a number': ['\n7', /holds a number/, '2:1'],
  true: ['true', /holds true or false/, '1:1'],
  'a brace that is missing': ['{"a":1', /closing brace/, '1:7'],
  'a bracket that is missing': ['{"a":[1}', /bracket|value|comma/, '1:8'],
  'a comma that is missing': ['{\n  "a": 1\n  "b": 2\n}', /comma/, '3:3'],
  'two commas': ['{"a":1,,"b":2}', /property name/, '1:8'],
  'a colon that is missing': ['{"a" 1}', /colon/, '1:6'],
  'a value that is missing': ['{"a":}', /value/, '1:6'],
  'single quotes': ["{'a':1}", /not a JSON value/, '1:2'],
  'a name without quotes': ['{a:1}', /not a JSON value/, '1:2'],
  'text behind the object': ['{"a":1}\n}', /goes on/, '2:1'],
  'two objects': ['{}{}', /goes on/, '1:3'],
  'a merge conflict': ['{\n<<<<<<< HEAD\n"a":1\n}', /not a JSON value/, '2:1'],
  'a string over two lines': ['{"a":"x\ny"}', /string does not end/, '1:6'],
  'a comment that does not end': ['{"a":1} /* x', /comment/, '1:9'],
  'a control character': ['{"a":"\u0001"}', /control character/, '1:6'],
  'an escape that is none': ['{"a":"\\x"}', /escape/, '1:6'],
  'a NUL behind the object': ['{}\u0000', /not a JSON value/, '1:3'],
  NaN: ['{"a":NaN}', /not a JSON value/, '1:6'],
  'two byte order marks': ['\uFEFF\uFEFF{}', /not a JSON value/, '1:1'],
  'UTF-16': [Buffer.from('\uFEFF{}', 'utf16le'), /UTF-16/, null],
  'a Latin-1 byte': [Buffer.from('{\n  "a": "caf\xe9"\n}', 'latin1'), /not UTF-8/, '2:12'],
  'a cut character at the end': [Buffer.from([0x7b, 0x7d, 0xc3]), /not UTF-8/, '1:3'],
  'hooks that are a list': ['{"hooks":[]}', /"hooks" is a list/, '1:10'],
  'hooks that are null': ['{\n  "hooks": null\n}', /"hooks" is null/, '2:12'],
  'hooks that are a string': ['{"hooks":"none"}', /"hooks" is a string/, '1:10'],
  'hooks there twice': ['{"hooks":{},\n"hooks":{}}', /there twice/, '2:1'],
  'an event that is an object': [stop('{}'), /hooks.Stop" is an object/, '1:18'],
  'an event that is null': [stop('null'), /hooks.Stop" is null/, '1:18'],
  'an event of another tool that is a string': ['{"hooks":{"Setup":"x"}}', /hooks.Setup/, '1:19'],
  'an event there twice': ['{"hooks":{"Stop":[],"Stop":[]}}', /hooks.Stop" is there twice/, '1:21'],
  'lists in lists without end': ['['.repeat(200_000), /nested|bracket/, null],
};

function bytesOf(file: string | Buffer): Buffer {
  return Buffer.from(file);
}

function planned(bytes: Buffer | null, options = OPTIONS) {
  const plan = planHookInstall(bytes, options);
  if (plan.kind !== 'plan') throw new Error(JSON.stringify(plan));
  return plan;
}

function removed(bytes: Buffer, written: WrittenSettings | null) {
  const plan = planHookRemoval('settings.json', bytes, written);
  if (plan.kind !== 'plan') throw new Error(JSON.stringify(plan));
  return plan;
}

function hooksOf(bytes: Buffer): Record<string, { matcher?: string; hooks: unknown[] }[]> {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  return parse(text, [], { allowTrailingComma: true }).hooks;
}

describe('a settings file with', () => {
  it.each(Object.entries(EDITABLE))('%s is registered in and given back', (_, file) => {
    const bytes = bytesOf(file);
    const plan = planned(bytes);
    const hooks = hooksOf(plan.after);
    for (const event of HOOK_EVENTS) {
      const handlers = (hooks[event] ?? []).flatMap((group) => group?.hooks ?? []);
      expect(handlers.filter(isOurHandler)).toEqual([OURS]);
    }
    expect(plan.diff).toContain(LAUNCHER);
    expect(planHookInstall(plan.after, OPTIONS).kind).toBe('unchanged');

    // Compared as buffers: the test runner takes seconds over five megabytes.
    const back = removed(plan.after, plan.written);
    expect(back.how).toBe('original');
    expect(back.after?.equals(bytes)).toBe(true);
    const newline = Buffer.from('\n');
    const cut = removed(Buffer.concat([plan.after, newline]), plan.written);
    expect(cut.how).toBe('spans');
    expect(cut.after?.equals(Buffer.concat([bytes, newline]))).toBe(true);
  });

  it.each(Object.entries(REFUSED))(
    '%s is left alone, with the reason and the place',
    (_, [file, reason, place]) => {
      const plan = planHookInstall(bytesOf(file), OPTIONS);
      expect(plan.kind).toBe('refused');
      if (plan.kind !== 'refused') return;
      expect(plan.reason).toMatch(reason);
      if (place) expect(`${plan.where?.line}:${plan.where?.column}`).toBe(place);
      expect(planHookRemoval('s', bytesOf(file), null).kind).toBe('refused');
    },
  );
});

describe('the entries', () => {
  it('make a whole file where there is none', () => {
    const { after, diff } = planned(null);
    expect(JSON.parse(after.toString('utf8'))).toEqual({
      hooks: Object.fromEntries(
        [...wantedGroups(OPTIONS)].map(([event, group]) => [event, [group]]),
      ),
    });
    expect(after.toString('utf8')).toMatch(/^\{\n {2}"hooks": \{\n[\s\S]*\n\}\n$/);
    expect(diff).toContain('/dev/null');
  });

  it('have a matcher on tool events only, and never ask for WorktreeCreate or, unasked, PreToolUse', () => {
    const hooks = hooksOf(planned(null).after);
    const withMatcher = Object.keys(hooks).filter((event) => hooks[event]?.[0]?.matcher === '*');
    expect(withMatcher.sort()).toEqual([
      'PermissionDenied',
      'PermissionRequest',
      'PostToolUse',
      'PostToolUseFailure',
    ]);
    expect(Object.keys(hooks)).toEqual([...HOOK_EVENTS]);
    const withPre = hooksOf(planned(null, { ...OPTIONS, preToolUse: true }).after);
    expect(withPre.PreToolUse).toEqual([{ matcher: '*', hooks: [OURS] }]);
    expect(withPre).not.toHaveProperty('WorktreeCreate');
  });

  it('leave the groups of other tools and of the old pipeline where they are', () => {
    const before = hooksOf(OLD);
    const after = hooksOf(planned(OLD).after);
    expect(after.PostToolUse?.slice(0, 3)).toEqual(before.PostToolUse);
    expect(after.PostToolUse?.[3]).toEqual({ matcher: '*', hooks: [OURS] });
  });

  it('keep a comment with the value that it was written for', () => {
    const { after } = planned(bytesOf('{\n  "model": "opus" // the big one\n}\n'));
    expect(after.toString('utf8')).toMatch(
      /^\{\n {2}"model": "opus", \/\/ the big one\n {2}"hooks": \{/,
    );
  });

  it('look like the file: tabs, CRLF and one line stay what they are', () => {
    const text = (file: string) => planned(bytesOf(file)).after.toString('utf8');
    expect(text('{\n\t"a": 1\n}')).toContain('\n\t"hooks": {\n\t\t"SessionStart": [\n\t\t\t{');
    expect(text('{\r\n  "a": 1\r\n}').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text('{"a":1}')).toMatch(
      /^\{"a":1,"hooks":\{"SessionStart":\[\{"hooks":\[\{"type":"command",/,
    );
  });
});

describe('entries of ours that are there already', () => {
  const entry = (command: string) =>
    JSON.stringify({ type: 'command', command, args: ['capture'], timeout: 5 });

  it('are replaced where they call another place', () => {
    const old = '/old/home/.claude/hooks/hookline/hookline-hook';
    const plan = planned(bytesOf(stop(`[${theirs},{"hooks":[${entry(old)}]}]`)));
    expect(plan.replaced).toEqual([old]);
    expect(plan.after.toString('utf8')).not.toContain(old);
    expect(planHookRemoval('s', plan.after, plan.written)).toMatchObject({
      after: bytesOf(stop(`[${theirs}]`)),
    });
  });

  it('are made one where somebody has doubled them', () => {
    const plan = planned(bytesOf(stop(`[{"hooks":[${entry(LAUNCHER)},${entry(LAUNCHER)}]}]`)));
    expect(hooksOf(plan.after).Stop).toEqual([{ hooks: [OURS] }]);
  });

  it('are made one in a file that is otherwise complete', () => {
    const first = planned(null);
    const value = JSON.parse(first.after.toString('utf8'));
    value.hooks.Stop.push(...value.hooks.Stop);
    expect(planned(bytesOf(`${JSON.stringify(value, null, 2)}\n`)).after).toEqual(first.after);
  });

  it('are replaced where a matcher or another timeout keeps them from seeing all', () => {
    const first = planned(null);
    const narrowed = first.after.toString('utf8').replace('"matcher": "*"', '"matcher": "Bash"');
    expect(planned(bytesOf(narrowed)).after).toEqual(first.after);
    const hasty = first.after.toString('utf8').replace('"timeout": 5', '"timeout": 5000');
    expect(planned(bytesOf(hasty)).after).toEqual(first.after);
  });

  it('are taken out of a group that is shared with others, and the others stay', () => {
    const shared = `[{"hooks":[{"type":"command","command":"notify"},${entry(LAUNCHER)}]}]`;
    const plan = planHookRemoval('s', bytesOf(stop(shared)), null);
    expect(plan).toMatchObject({ how: 'entries', after: bytesOf(stop(`[${theirs}]`)) });
  });

  it('change form as a whole and come back to the same original', () => {
    const original = bytesOf('{\n  "model": "opus"\n}\n');
    const exec = planned(original);
    const shell = planned(exec.after, { ...OPTIONS, form: 'shell', known: exec.written });
    expect(hooksOf(shell.after).Stop).toEqual([
      {
        hooks: [
          {
            type: 'command',
            command: `[ -x '${LAUNCHER}' ] && exec '${LAUNCHER}' capture; :`,
            timeout: 5,
          },
        ],
      },
    ]);
    expect(planHookRemoval('s', shell.after, shell.written)).toMatchObject({ after: original });
  });

  it('are told as present, missing or switched off', () => {
    const after = planned(bytesOf('{"disableAllHooks":true}')).after;
    expect(inspectHooks(after, OPTIONS)).toEqual({
      kind: 'state',
      present: [...HOOK_EVENTS],
      missing: [],
      isDisabled: true,
    });
    expect(inspectHooks(after, { ...OPTIONS, preToolUse: true })).toMatchObject({
      missing: ['PreToolUse'],
    });
    expect(inspectHooks(null, OPTIONS)).toMatchObject({ present: [], isDisabled: false });
    expect(inspectHooks(Buffer.from('nul'), OPTIONS).kind).toBe('refused');
  });
});
