/** A terminal that keeps what was printed and answers questions as the test says. */
import type { Terminal } from '../../src-main/cli/terminal.ts';

/** What was said at it. */
export interface FakeTerminal extends Terminal {
  readonly printed: string[];
  readonly warned: string[];
  readonly asked: string[];
  readonly lines: string[];
}

/** Builds one; `answer` stands for a person, null for nobody. */
export function createFakeTerminal(answer: boolean | null = null): FakeTerminal {
  const printed: string[] = [];
  const warned: string[] = [];
  const asked: string[] = [];
  const lines: string[] = [];
  return {
    printed,
    warned,
    asked,
    lines,
    isInteractive: answer !== null,
    isColoured: false,
    print: (text) => {
      printed.push(text);
    },
    warn: (text) => {
      warned.push(text);
    },
    confirm: async (question) => {
      asked.push(question);
      return answer === true;
    },
    showLine: (text) => {
      lines.push(text);
    },
  };
}
