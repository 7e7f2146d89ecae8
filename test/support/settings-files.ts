/** Settings files that are edited, and ones that are left alone, by what is special about each. */
import { readFileSync } from 'node:fs';

/** Settings with the hooks of the old pipeline. */
export const OLD_PIPELINE = readFileSync(
  new URL('../fixtures/settings/old-pipeline.json', import.meta.url),
);

/** A file with these groups, as JSON, on Stop. */
export const stopWith = (groups: string) => `{"hooks":{"Stop":${groups}}}`;
/** A group of another tool, as JSON. */
export const THEIR_GROUP = '{"hooks":[{"type":"command","command":"notify"}]}';

/** Files that are edited, by what is special about them. */
export const EDITABLE_FILES: Readonly<Record<string, string | Buffer>> = {
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
  'hooks of other tools on our events': stopWith(`[${THEIR_GROUP}]`),
  'several groups of other tools': stopWith(`[${THEIR_GROUP},${THEIR_GROUP}]`),
  'a comment in the list of an event': `{\n  "hooks": {\n    "Stop": [\n      ${THEIR_GROUP} // notifier\n    ]\n  }\n}\n`,
  'a line comment at the end of a list on one line': `{"hooks":{"Stop":[${THEIR_GROUP} // x\n]}}`,
  'groups that are no objects': stopWith('[1, null, "x"]'),
  'groups without handlers': stopWith('[{"matcher":"*"},{"hooks":{}},{"hooks":[7,null]}]'),
  'two lists of handlers in one group': stopWith(`[{"hooks":[],"hooks":[{"type":"http"}]}]`),
  'notes among the events': '{"hooks":{"_comment":"mine","_more":{"a":1}}}',
  'an event that the client will know one day': '{"hooks":{"TeaReady":{"any":"shape"}}}',
  'equal keys elsewhere': '{"model":"a","model":"b","env":{"A":"1","A":"2"}}',
  'a name that is special in JavaScript': '{"__proto__":{"hooks":1},"constructor":2}',
  'numbers that JavaScript cannot hold': '{"a":12345678901234567890,"b":1e400,"c":-0,"d":1.0}',
  'characters outside of ASCII': '{"名前":"ünï 🎈","z":"\u2028"}',
  'hooks switched off': '{"disableAllHooks":true}',
  'WorktreeCreate of another tool': `{"hooks":{"WorktreeCreate":[${THEIR_GROUP}]}}`,
  'the old pipeline': OLD_PIPELINE,
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
export const REFUSED_FILES: Readonly<
  Record<string, readonly [string | Buffer, RegExp, string | null]>
> = {
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
  'an event that is an object': [stopWith('{}'), /hooks.Stop" is an object/, '1:18'],
  'an event that is null': [stopWith('null'), /hooks.Stop" is null/, '1:18'],
  'an event of another tool that is a string': ['{"hooks":{"Setup":"x"}}', /hooks.Setup/, '1:19'],
  'an event there twice': ['{"hooks":{"Stop":[],"Stop":[]}}', /hooks.Stop" is there twice/, '1:21'],
  'lists in lists without end': ['['.repeat(200_000), /nested|bracket/, null],
};
