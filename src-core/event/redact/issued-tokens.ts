/**
 * Tokens that their issuers make recognisable, by the formats that the issuers publish. Lengths are
 * lower bounds: issuers lengthen their tokens now and then, and a part of a token is worth hiding too.
 *
 * No expression scans far and then fails: each one that has matched a prefix and a few characters
 * takes the rest of the word.
 */
import { type Finder, matchesOf, type Span } from './span.ts';

/** Prefixes that occur in nothing else: they count in the middle of a word as well. */
const DISTINCT: readonly RegExp[] = [
  // GitHub, GitLab
  /gh[pousr]_[A-Za-z0-9]{30,}/,
  /github_pat_[A-Za-z0-9]{16,}\w*/,
  /gl(?:pat|dt|rtr?|cbt|ptt|ft|imt|agent|oas|soat|ffct|wt)-[\w-]{16,}(?:\.[\w-]+)*/,
  /GR1348941[\w-]{16,}/,
  // Atlassian, Bitbucket
  /AT(?:ATT|CTT)3[\w=-]{24,}/,
  /BBDC-[\w+/=-]{24,}/,
  // Slack, Discord and Microsoft Teams: tokens, and addresses that are secrets
  /xox[a-z](?:\.xox[a-z])?-[\w-]{8,}/,
  /xapp-\d[\w-]{8,}/,
  /(?<=hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/)[\w/+-]{16,}/,
  /(?<=\/api\/webhooks\/\d{15,22}\/)[\w-]{32,}/,
  /(?<=webhook\.office\.com\/webhookb2\/)[\w@/-]{32,}/,
  /(?<=hooks\.zapier\.com\/hooks\/catch\/)[\w/]{8,}/,
  // Google
  /AIza[\w-]{30,}/,
  /ya29\.[\w-]{16,}(?:\.[\w-]+)*/,
  /GOCSPX-[\w-]{16,}/,
  // AWS sessions and Bedrock
  /(?:IQoJb3JpZ2lu|F[QwO]oGZXIvYXdz|F[Qw]oDYXdz|ABSKQmVkcm9ja)[\w+/=%]{16,}/,
  // Azure
  /[\w~.]{3}\dQ~[\w.~-]{30,}/,
  // Package registries
  /pypi-AgE[\w-]{16,}/,
  /rubygems_[0-9a-f]{32,}/,
  /dckr_[op]at_[\w-]{16,}/,
  /CLOJARS_[0-9a-z]{32,}/,
  // Hosting
  /do[opr]_v1_[0-9a-f]{32,}/,
  /HRKU-[\w-]{24,}/,
  /pscale_[a-z]{2,10}_[\w.=-]{16,}/,
  /sbp_(?:v0_)?[0-9a-f]{32,}/,
  /tskey-[\w-]{16,}/,
  // Secrets and infrastructure
  /hv[sbr]\.[\w-]{20,}/,
  /AGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]{20,}/,
  /\b[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{30,}/,
  /dt0[a-z]\d\d\.[A-Z0-9]{16,}(?:\.[A-Z0-9]+)?/,
  /PMAK-[0-9a-f-]{24,}/,
  // Observability
  /NR(?:AK|II|IQ|JS|RA|SP)-[\w-]{16,}/,
  /[0-9a-f]{36}NRAL/,
  /sntry[asu]_[\w+/=-]{16,}/,
  /gl(?:c_[\w+/=]{32,}|sa_\w{24,})/,
  // Payment, shops and mail
  /whsec_[\w+/=]{16,}/,
  /shp(?:at|ss|ca|pa|ua|tka)_[0-9A-Fa-f]{16,}/,
  /sq0[a-z]{3}-[\w-]{16,}/,
  /FLWSECK[\w-]{12,}/,
  /xsmtpsib-[\w-]{16,}|xkeysib-[\w-]{16,}/,
  // Work
  /CFPAT-[\w-]{24,}/,
  /CCI(?:PAT|PRJ)_\w{16,}/,
  // A private key in PEM, once more in base64
  /LS0tLS1CRUdJTi(?!BDRVJU|BQVUJM)[\w+/=]{16,}/,
];

/** Prefixes that may be part of other words: they count at the beginning of a word alone. */
const AT_WORD_START: readonly RegExp[] = [
  // GitHub: short ones, and those of apps, which hold a web token
  /gh[pousr]_(?:\d+_)?[A-Za-z0-9]{16,}[\w-]*(?:\.[\w-]{8,})*/,
  // AWS: ids of keys, users, roles
  /A(?:3T[A-Z0-9]|KIA|SIA|BIA|CCA|GPA|IDA|ROA|IPA|NPA|NVA)[A-Z0-9]{16}/,
  /1\/\/0[\w-]{30,}/,
  // Language models. Names of CSS classes begin with "sk-" too, but hold no digit early on.
  /sk-(?:[A-Za-z0-9]{20,}|(?=[\w-]{0,40}\d)[\w-]{20,})[\w-]*/,
  /sk_[0-9a-f]{40,}/,
  /sess-[A-Za-z0-9]{32,}/,
  /(?:hf|api_org)_[A-Za-z0-9]{24,}/,
  /(?:r8|gsk|fw)_[A-Za-z0-9]{22,}|(?:tgp_v1|pcsk|lsv2_[a-z]{2})_[\w-]{30,}/,
  /(?:xai|pplx|nvapi|tvly)-[\w-]{24,}/,
  // Package registries
  /npm_[A-Za-z0-9]{24,}/,
  /cio[A-Za-z0-9]{32}(?![A-Za-z0-9])/,
  /oy2[a-z0-9]{43}(?![a-z0-9])/,
  /AKCp[A-Za-z0-9]{50,}|cmVmd[A-Za-z0-9]{50,}/,
  // Hosting
  /fo1_[\w-]{30,}|fm[12][ar]?_[\w+/=,-]{40,}/,
  /vc[aikpr]_[A-Za-z0-9]{20,}/,
  /nf[copu]_[A-Za-z0-9]{24,}/,
  /cf(?:k|ut|at)_[A-Za-z0-9]{32,}|v1\.0-[0-9a-f]{24}-[0-9a-f]{64,}/,
  /(?:napi|rnd|pnu|rdme|phx|bk[a-z]{2}|sq[apu])_[A-Za-z0-9]{28,}/,
  /sgp_(?:local_|[0-9a-f]{16}_)?[0-9a-f]{32,}/,
  /sb_secret_[\w-]{20,}/,
  // Data
  /dapi[0-9a-f]{32}(?:-\d)?/,
  /dp\.(?:pt|st|ct|sa|scim|audit)\.[\w.-]{24,}/,
  /pat[A-Za-z0-9]{14}\.[0-9a-f]{48,}/,
  /pul-[0-9a-f]{40}/,
  /[sb]\.(?=[A-Za-z]{0,23}\d)[A-Za-z0-9]{24}(?![A-Za-z0-9])/,
  /sha256~[\w-]{32,}/,
  // Messages and mail
  /[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,}/,
  /SG\.[\w-]{16,64}\.[\w-]{16,}/,
  /SK[0-9a-f]{32}(?![0-9a-f])/,
  /[0-9a-f]{32}-(?:us\d{1,2}|[0-9a-f]{8}-[0-9a-f]{8})(?![\w-])/,
  /re_[A-Za-z0-9]{8}_[A-Za-z0-9]{16,}/,
  // Work and payment
  /ntn_[A-Za-z0-9]{30,}|secret_[A-Za-z0-9]{40,}/,
  /fig[dou][hr]?_[\w-]{30,}/,
  /lin_(?:api|oauth|wh)_[A-Za-z0-9]{16,}/,
  /ATBB[A-Za-z0-9]{24,}/,
  /[rs]k_(?:live|test|prod)_[A-Za-z0-9]{10,}/,
  /EAA[A-Za-z0-9][\w-]{50,}/,
  /LTAI[A-Za-z0-9]{16,}|AKID[A-Za-z0-9]{32}|AQVN[\w-]{35,}/,
  /A3-[A-Z0-9]{6}-[A-Z0-9-]{20,}|API-[A-Z0-9]{26}/,
  /(?:tfp|duffel_live|duffel_test|shippo_live|shippo_test)_[\w.=-]{24,}|EZ[AT]K[A-Za-z0-9]{54}/,
  /(?:access-(?:sandbox|development|production)|sdk|mob)-[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/,
  // JSON web tokens, and any JSON in base64: mostly a credential or a session
  /eyJ[\w+/-]{16,}={0,2}(?:\.[\w-]*){0,4}/,
];

/** Prefixes that could be the middle of a longer name or number. */
const AT_NAME_START: readonly RegExp[] = [
  /(?<![\w-])key-[0-9a-f]{32}/,
  /(?:(?<!\d)|(?<=%[0-9A-Fa-f]{2}))\d{8,10}:A[\w-]{34}/,
];

/** A word's start: also behind an escaped line end and an escaped character of a URL. */
const WORD_START = /(?:(?<![A-Za-z0-9])|(?<=\\[nrt])|(?<=%[0-9A-Fa-f]{2}))/;

const anyOf = (patterns: readonly RegExp[]): string =>
  `(?:${patterns.map(({ source }) => source).join('|')})`;
const ISSUED = new RegExp(
  `${WORD_START.source}${anyOf(AT_WORD_START)}|${anyOf(DISTINCT)}|${anyOf(AT_NAME_START)}`,
  'g',
);

/** Finds tokens with a known format. */
export const issuedTokens: Finder = function* (text): Generator<Span> {
  for (const { 0: token, index } of matchesOf(ISSUED, text)) {
    yield { start: index, end: index + token.length, kind: 'token' };
  }
};
