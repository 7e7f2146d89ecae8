/**
 * Papers and repositories among the links that web searches and fetches bring up. A link is kept by
 * what it leads to, never as it was: no query, no fragment, no name or password.
 */

/** What a link leads to. */
export interface ResearchLink {
  readonly kind: 'paper' | 'repository';
  /** One id for all links to the same thing: `arxiv:2401.01234`, `doi:10.1000/x`, `github.com/owner/name`. */
  readonly id: string;
  /** A plain link to it. */
  readonly url: string;
}

/** Links and identifiers are shorter; what is longer is something else. */
const LONGEST_LINK = 2000;
const LONGEST_ID = 200;

/** What a link leads to; null for anything but a paper or a repository. */
export function linkOf(text: string): ResearchLink | null {
  if (text.length > LONGEST_LINK) return null;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return null;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  const host = url.hostname.replace(/^www\./, '');
  const path = decoded(url.pathname);
  const link = arxivLink(host, path) ?? repositoryLink(host, path) ?? doiLink(path);
  return link === null || link.id.length > LONGEST_ID ? null : link;
}

const IN_TEXT = /https?:\/\/[^\s"'<>\\()[\]{}]{4,2000}/g;
/** What a sentence puts behind a link. */
const TRAILING = /[.,;:!?*_]+$/;

/** All papers and repositories that a text links to, each once, in their order. */
export function linksIn(text: string): readonly ResearchLink[] {
  const found = new Map<string, ResearchLink>();
  for (const [match] of text.matchAll(IN_TEXT)) {
    const link = linkOf(match.replace(TRAILING, ''));
    if (link !== null && !found.has(link.id)) found.set(link.id, link);
  }
  return [...found.values()];
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const ARXIV_HOSTS = /^(?:(?:export\.|ar5iv\.(?:labs\.)?)?arxiv\.org|alphaxiv\.org|ar5iv\.org)$/;
const ARXIV_ID =
  /^\/(?:abs|pdf|html|overview|format)\/(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})/;
const HUGGING_FACE_PAPER = /^\/papers\/(\d{4}\.\d{4,5})/;

function arxivLink(host: string, path: string): ResearchLink | null {
  const pattern = host === 'huggingface.co' ? HUGGING_FACE_PAPER : ARXIV_ID;
  if (!ARXIV_HOSTS.test(host) && host !== 'huggingface.co') return null;
  const id = pattern.exec(path)?.[1];
  return id === undefined ? null : arxiv(id);
}

function arxiv(id: string): ResearchLink {
  return { kind: 'paper', id: `arxiv:${id}`, url: `https://arxiv.org/abs/${id}` };
}

const DOI = /\/(10\.\d{4,9}\/[^\s/?#]+(?:\/[^\s/?#]+)*)/;
/** Views of one paper that publishers put behind its DOI. */
const DOI_VIEW = /(?:\/(?:abstract|full|fulltext|pdf|epub|meta|html))+$|\.pdf$/i;
const ARXIV_DOI = /^10\.48550\/arxiv\.(\d{4}\.\d{4,5})/i;

function doiLink(path: string): ResearchLink | null {
  const found = DOI.exec(path)?.[1]?.replace(DOI_VIEW, '');
  if (found === undefined) return null;
  const ofArxiv = ARXIV_DOI.exec(found)?.[1];
  if (ofArxiv !== undefined) return arxiv(ofArxiv);
  // DOIs do not tell upper from lower case.
  const doi = found.toLowerCase();
  return { kind: 'paper', id: `doi:${doi}`, url: `https://doi.org/${doi}` };
}

/** Hosts of repositories, and where owner and name stand in a path there. */
const REPOSITORY_HOSTS: Readonly<Record<string, readonly [host: string, path: RegExp]>> = {
  'github.com': ['github.com', /^\/([\w.-]+)\/([\w.-]+)/],
  'raw.githubusercontent.com': ['github.com', /^\/([\w.-]+)\/([\w.-]+)/],
  'api.github.com': ['github.com', /^\/repos\/([\w.-]+)\/([\w.-]+)/],
  'gitlab.com': ['gitlab.com', /^\/([\w.-]+)\/([\w.-]+(?:\/[\w.-]+)*?)(?:\/-\/|\/?$)/],
  'codeberg.org': ['codeberg.org', /^\/([\w.-]+)\/([\w.-]+)/],
  'bitbucket.org': ['bitbucket.org', /^\/([\w.-]+)\/([\w.-]+)/],
};
/** Pages of the hosts themselves, which stand where an owner would. */
const NO_OWNER: ReadonlySet<string> = new Set([
  ...['about', 'apps', 'collections', 'contact', 'customer-stories', 'enterprise', 'events'],
  ...['explore', 'features', 'issues', 'login', 'marketplace', 'notifications', 'orgs', 'pricing'],
  ...['pulls', 'search', 'security', 'settings', 'signup', 'site', 'solutions', 'sponsors'],
  ...['stars', 'team', 'topics', 'trending', 'users', 'dashboard', 'help', 'join', 'readme'],
]);

function repositoryLink(host: string, path: string): ResearchLink | null {
  const [home, pattern] = REPOSITORY_HOSTS[host] ?? [];
  if (home === undefined || pattern === undefined) return null;
  const [, owner, rest] = pattern.exec(path) ?? [];
  const name = rest?.replace(/\.git$/, '');
  if (owner === undefined || !name || NO_OWNER.has(owner.toLowerCase())) return null;
  // None of the hosts tells upper from lower case.
  const id = `${home}/${owner}/${name}`.toLowerCase();
  return { kind: 'repository', id, url: `https://${home}/${owner}/${name}` };
}
