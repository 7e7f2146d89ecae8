import { subjectOf } from '../../../src-main/stats/shell/subject.ts';
import type { FuzzTarget } from '../target.ts';

const COMMANDS = [
  'cd /w/app && FOO=1 npm run test:unit -- --run | tee log.txt',
  'sudo -u dev env A=b git -C /w commit -m "$(cat <<\'EOF\'\nfix: x\nEOF\n)"',
  'for f in *.ts; do npx tsc "$f" || exit 1; done',
  'docker compose -f a.yml run --rm web bash -lc "pytest -q tests/"',
  'find . -name "*.log" -exec rm {} + ; echo $((1+2)) $HOME',
];

/** What a command is about: a program with a name, whatever the command. */
export const commandTarget: FuzzTarget = {
  name: 'command',
  corpus: COMMANDS.map((text) => Buffer.from(text)),
  runs: 3000,
  check: (bytes) => {
    const { program } = subjectOf(bytes.toString('utf8').slice(0, 10_000));
    if (typeof program !== 'string') throw new Error('no program');
  },
};
