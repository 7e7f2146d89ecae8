/** Papers and repositories in what a transcript's searches and fetches brought up. */
import { isObject, type Json, objectOf, textOf } from '../../src-core/base/json.ts';
import { blocksOf, shortTextOf, type TranscriptLine } from '../../src-core/transcript/wire.ts';
import { linkOf, linksIn, type ResearchLink } from '../../src-core/usage/link.ts';

/** A link that a call brought up. */
export interface FoundLink {
  readonly link: ResearchLink;
  readonly callId: string;
  readonly via: 'fetch' | 'search';
}

/** Looks for links in the lines of a pass, given in their order. */
export interface LinkFinder {
  /** What the line's calls and results bring up. */
  find(line: TranscriptLine): readonly FoundLink[];
}

/** Tools that search the web, those of servers by their names. */
const SEARCHES = /^WebSearch$|^mcp__.*search/i;
const FETCHES = /^WebFetch$|^mcp__.*(?:fetch|browse|crawl|scrape)/i;
/** Searches that wait for their result; a client that never answers must not fill the memory. */
const MOST_WAITING = 1000;
/** The beginning of a result has its links. */
const LONGEST_RESULT = 200_000;

/** Begins to look. */
export function createLinkFinder(): LinkFinder {
  const searches = new Set<string>();
  const ofCall = (block: Json): readonly FoundLink[] => {
    const callId = shortTextOf(block.id);
    const tool = textOf(block.name) ?? '';
    if (callId === null) return [];
    if (SEARCHES.test(tool)) {
      if (searches.size >= MOST_WAITING) searches.clear();
      searches.add(callId);
    }
    const link = FETCHES.test(tool) ? linkOf(textOf(objectOf(block.input).url) ?? '') : null;
    return link === null ? [] : [{ link, callId, via: 'fetch' }];
  };
  const ofResult = (block: Json, response: unknown): readonly FoundLink[] => {
    const callId = shortTextOf(block.tool_use_id);
    if (callId === null || !searches.delete(callId)) return [];
    const links = linksIn(resultText(response, block));
    return links.map((link) => ({ link, callId, via: 'search' }));
  };
  return {
    find: (line) => {
      if (line.type === 'user' && searches.size === 0) return [];
      return blocksOf(line).flatMap((block) => {
        if (block.type === 'tool_use') return ofCall(block);
        return block.type === 'tool_result' ? ofResult(block, line.raw.toolUseResult) : [];
      });
    },
  };
}

/** A search's links as text: its own list where the line has it, else what the model reads. */
function resultText(response: unknown, block: Json): string {
  const own = objectOf(response).results;
  const shown = Array.isArray(own) ? own : block.content;
  const texts = Array.isArray(shown) ? shown.map(textOfResult) : [textOf(shown) ?? ''];
  return texts.join('\n').slice(0, LONGEST_RESULT);
}

function textOfResult(value: unknown): string {
  if (!isObject(value)) return textOf(value) ?? '';
  if (typeof value.url === 'string') return value.url;
  if (Array.isArray(value.content)) return value.content.map(textOfResult).join('\n');
  return textOf(value.text) ?? '';
}
