/** Writes the transcripts of a made-up history, beside what its hooks told. */
import { appendFileSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { textOf } from '../../src-core/base/json.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import type { Told } from './tell-session.ts';
import { type LineMix, linesFor, type TranscriptVoice } from './transcript-lines.ts';

/** Writes transcripts; what it is told must come in the order of each session. */
export interface TranscriptWriter {
  tell(told: readonly Told[]): void;
  /** What was written: files and bytes. */
  written(): { readonly files: number; readonly bytes: number };
}

const OWN = /\/projects\/(.+)\.jsonl$/;

/** Begins to write below the folder of projects. */
export function createTranscriptWriter({ projects }: Paths, mix: LineMix): TranscriptWriter {
  const voices = new Map<string, TranscriptVoice>();
  const models = new Map<string, string>();
  const spending = new Map<string, { answers: number }>();
  let bytes = 0;
  const begin = (path: string, { payload }: Told): TranscriptVoice => {
    const file = join(projects, path);
    mkdirSync(dirname(file), { recursive: true });
    const agentType = textOf(payload.agent_type);
    if (agentType !== null)
      writeFileSync(metaOf(file), JSON.stringify({ agentType, spawnDepth: 1 }));
    const sessionId = String(payload.session_id);
    const model = models.get(sessionId) ?? 'claude-opus-5-5';
    const spent = spending.get(sessionId) ?? { answers: 0 };
    spending.set(sessionId, spent);
    const voice = { mix, model, next: 0, spent };
    voices.set(path, voice);
    return voice;
  };
  return {
    tell: (told) => {
      const texts = new Map<string, { text: string; at: number }>();
      for (const one of told) {
        const { payload } = one;
        if (payload.hook_event_name === 'SessionStart')
          models.set(String(payload.session_id), textOf(payload.model) ?? 'claude-opus-5-5');
        const path = pathOf(one);
        if (path === null) continue;
        const lines = linesFor(voices.get(path) ?? begin(path, one), one);
        const before = texts.get(path)?.text ?? '';
        const added = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
        texts.set(path, { text: before + added, at: one.at });
      }
      for (const [path, { text, at }] of texts) {
        const file = join(projects, path);
        appendFileSync(file, text, { mode: 0o600 });
        utimesSync(file, at / 1000, at / 1000);
        bytes += Buffer.byteLength(text);
      }
    },
    written: () => ({ files: voices.size, bytes }),
  };
}

function metaOf(file: string): string {
  return file.replace(/\.jsonl$/, '.meta.json');
}

function pathOf({ payload }: Told): string | null {
  const own = OWN.exec(textOf(payload.transcript_path) ?? '')?.[1];
  const agent = textOf(payload.agent_id);
  if (own === undefined) return null;
  return agent === null ? `${own}.jsonl` : join(own, 'subagents', `agent-${agent}.jsonl`);
}
