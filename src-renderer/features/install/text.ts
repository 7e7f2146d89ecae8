import { plural } from '../../data/plural.ts';

/** Every sentence of the install page. */
export const text = {
  title: 'Install',
  sub: 'nothing is written until you press Install',
  subInstalled: 'the hooks are in place',

  captured: 'What will be recorded',
  capturedNote: 'on this computer only, nothing is sent anywhere',
  kinds: [
    {
      title: 'Tool calls',
      detail:
        'Which tool, its command or file, how it ended, how long it took. Secrets are redacted first.',
    },
    { title: 'Sessions', detail: 'When they begin and end, in which project, with which model.' },
    {
      title: 'Prompts, notifications, permissions, agents',
      detail:
        'That they happened and when; the text of a prompt only as far as your privacy setting allows.',
    },
  ],
  files: 'Where it goes',
  filesNote: (count: number) => plural(count, { one: '1 place', other: `${count} places` }),

  diff: (name: string) => `Change to ${name}`,
  diffNote: (added: number, changed: number) =>
    changed === 0
      ? plural(added, { one: '1 line is added', other: `${added} lines are added` })
      : `${added} added, ${changed} changed`,
  diffFoot: 'Every byte outside these lines stays as it is.',

  summary: (added: number, changed: number) => {
    if (changed === 0) return plural(added, { one: 'Adds 1 line.', other: `Adds ${added} lines.` });
    return plural(added, {
      one: `Adds 1 line, changes ${changed}.`,
      other: `Adds ${added} lines, changes ${changed}.`,
    });
  },
  canBeUndone: 'Can be undone.',
  install: 'Install',
  installing: 'Installing…',

  refused: 'Nothing can be installed yet',
  checkAgain: 'Check Again',
  failed: 'Nothing was installed',
  done: 'Installed',
  doneNext: 'Claude Code picks the hooks up in its next session.',
  already: 'Already installed',
  openLive: 'Open Live',

  stages: 'Steps',
  stageNames: ['Read what changes', 'Install', 'See that it works'],
  stageDone: 'Done',
  moveTitle: 'Hookline runs from a place where it cannot stay.',
  moveText: 'Move it to the Applications folder first, so that the hook finds it again.',
  move: 'Move to Applications…',
  testTitle: 'A test event through the hook',
  testRunning: 'The launcher was started as Claude Code starts it; waiting for the record…',
  testWorks: 'It works',
  testFailed: 'The test event did not arrive',
  testNotYet:
    'Sends one event through the installed launcher, as Claude Code does. No figure counts it.',
  test: 'Send Test Event',
  testAgain: 'Send Again',
} as const;
