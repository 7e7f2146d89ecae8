/**
 * Tokens that their issuers make recognisable, by the formats that the issuers publish. Lengths are
 * lower bounds: issuers lengthen their tokens now and then, and a part of a token is worth hiding too.
 *
 * No expression scans far and then fails: each one that has matched a prefix and a few characters
 * takes the rest of the word.
 */
import { type Finder, matchesOf, type Span } from './span.ts';

/** Before a tail of letters, digits, `_` and `-`, perhaps in several parts. */
const BEFORE_WORD: readonly string[] = [
  // GitHub, GitLab, Bitbucket, Atlassian
  'gh[pousr]_(?=\\w{0,40}\\d)|github_pat_(?=\\w{0,40}\\d)',
  'gl(?:pat|dt|rtr?|cbt|ptt|ft|imt|agent|oas|soat|ffct|wt)-|GR1348941',
  'ATATT3|ATCTT3|ATBB',
  // Slack, Google
  'xox[a-z](?:\\.xox[a-z])?-|xapp-\\d|AIza|ya29\\.|GOCSPX-|1\\/\\/0',
  // Language models. Names of CSS classes begin with "sk-" too, but hold no digit early on.
  '(?:sk|sess|xai|pplx|nvapi|tvly)-(?=[\\w-]{0,40}\\d|[A-Za-z]{20})|tgp_v1_|pcsk_',
  // Packages and hosting
  'pypi-AgE|dckr_[op]at_|HRKU-|fo1_|pscale_[a-z]{2,10}_|sb_secret_|tskey-',
  // Secrets and infrastructure
  'hv[sbr]\\.|dp\\.(?:pt|st|ct|sa|scim|audit)\\.(?:\\w{1,20}\\.)?',
  'v1\\.0-[0-9a-f]{24}-|AGE-SECRET-KEY-(?:PQ-)?1|[A-Za-z0-9]{14}\\.atlasv1\\.',
  '[\\w~]{3}\\dQ~',
  // Observability, payment, mail, work
  'NR(?:AK|II|IQ|JS|RA|SP)-|sntry[au]_|glsa_|sq0[a-z]{3}-|xkeysib-|fig[dou][hr]?_',
];
/** Before base64: sessions of AWS, keys of several issuers, any JSON, a PEM that is no certificate. */
const BEFORE_BASE64 =
  'IQoJb3JpZ2lu|F[QwO]oGZXIvYXdz|F[Qw]oDYXdz|ABSKQmVkcm9ja|whsec_|fm[12][ar]?_|glc_|sntrys_|BBDC-|eyJ|LS0tLS1CRUdJTi(?!BDRVJU|BQVUJM)';
/** Before letters and digits alone: with more underscores it would be a name. */
const BEFORE_ALNUM =
  '[rs]k_(?:live|test|prod)|npm|hf|api_org|r8|gsk|fw|vc[aikpr]|nf[copu]|cf(?:k|ut|at)|ntn|secret|lin_(?:api|oauth|wh)';
/** Before hexadecimal digits. */
const BEFORE_HEX = 'do[opr]_v1_|dapi|SK|sk_|rubygems_|sbp_(?:v0_)?|shp(?:at|ss|ca|pa|ua|tka)_|pul-';
/** What has no prefix, or more shape than a prefix. */
const OTHERS: readonly RegExp[] = [
  /A(?:3T[A-Z0-9]|KIA|SIA|BIA|CCA|GPA|IDA|ROA|IPA|NPA|NVA)[A-Z0-9]{16}/,
  /[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,}|SG\.[\w-]{16,64}\.[\w-]{16,}/,
  /(?:key-[0-9a-f]{32}|[0-9a-f]{32}-(?:us\d{1,2}|[0-9a-f]{8}-[0-9a-f]{8}))(?![\w-])/,
  /PMAK-[0-9a-f-]{24,}|[sb]\.(?=[A-Za-z]{0,23}\d)[A-Za-z0-9]{24}(?![A-Za-z0-9])/,
];
/** What counts in the middle of a word as well: addresses that are secrets, tokens in addresses. */
const ANYWHERE: readonly RegExp[] = [
  /(?<=hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/)[\w/+-]{16,}/,
  /(?<=\/api\/webhooks\/\d{15,22}\/|webhook\.office\.com\/webhookb2\/)[\w@/-]{16,}/,
  /(?:(?<!\d)|(?<=%[0-9A-Fa-f]{2}))\d{8,10}:A[\w-]{34}/,
  /gh[pousr]_[A-Za-z0-9]{30,}/,
];

/** A word's start: also behind an escaped line end and an escaped character of a URL. */
const WORD_START = '(?:(?<![A-Za-z0-9])|(?<=\\\\[nrt])|(?<=%[0-9A-Fa-f]{2}))';

const sources = (patterns: readonly RegExp[]): string =>
  patterns.map(({ source }) => source).join('|');
const AT_WORD_START = [
  `(?:${BEFORE_WORD.join('|')})[\\w-]{15,}[\\w.=-]*[\\w=-]`,
  `(?:${BEFORE_BASE64})[\\w+/=%-]{16,}(?:\\.[\\w-]*){0,4}`,
  `(?:${BEFORE_ALNUM})_[A-Za-z0-9]{20,}`,
  `(?:${BEFORE_HEX})[0-9a-f]{32,}`,
  sources(OTHERS),
];
const ISSUED = new RegExp(`${WORD_START}(?:${AT_WORD_START.join('|')})|${sources(ANYWHERE)}`, 'g');

/** Every token has so long a word or such a beginning: most texts need no closer look. */
const PERHAPS = new RegExp(`[\\w-]{15}|${BEFORE_BASE64}`);

/** Finds tokens with a known format. */
export const issuedTokens: Finder = function* (text): Generator<Span> {
  if (!PERHAPS.test(text)) return;
  for (const { 0: token, index } of matchesOf(ISSUED, text)) {
    yield { start: index, end: index + token.length, kind: 'token' };
  }
};
