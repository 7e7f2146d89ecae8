/**
 * Secrets of many kinds, made up at run time: the shape is right, the rest is chance. None stands in
 * this file as a whole, so that scanners of a repository find nothing in it.
 */

/** A secret, and the text in which it is given away. */
export interface Planted {
  readonly kind: string;
  readonly text: string;
  /** What must not be found afterwards. */
  readonly secret: string;
}

const ALPHABETS = {
  hex: '0123456789abcdef',
  HEX: '0123456789ABCDEF',
  num: '0123456789',
  low: 'abcdefghijklmnopqrstuvwxyz',
  b32: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  b36: 'abcdefghijklmnopqrstuvwxyz0123456789',
  B36: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
  b62: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  b64: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  url: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-',
} as const;
type Alphabet = keyof typeof ALPHABETS;

/**
 * Kind → how it looks: `{alphabet:length}` is chance, `{pw}` a password as people choose them,
 * `{uuid}` an id. `«…»` encloses the secret where it is not the whole; `¦` is nothing at all.
 */
const TEMPLATES: Readonly<Record<string, string>> = {
  'AWS access key id': 'AK¦IA{b32:16}',
  'AWS temporary key id': 'AS¦IA{b32:16}',
  'AWS secret key in the environment': 'AWS_SECRET_¦ACCESS_KEY=«{b64:40}» aws s3 ls',
  'AWS secret key in a profile': '[default]\naws_secret_¦access_key = «{b64:40}»\n',
  'AWS secret key by aws configure': 'aws configure set aws_secret_¦access_key «{b64:40}»',
  'AWS session token': 'export AWS_SESSION_¦TOKEN="«IQoJb3JpZ2lu¦{b64:200}»"',
  'AWS session token alone': 'FwoGZXIv¦YXdz{b64:180}',
  'Google API key': 'AI¦za{url:35}',
  'Google access token': 'ya¦29.{url:120}',
  'Google client secret': 'GOC¦SPX-{url:28}',
  'Google service account':
    '{"private_key_id": "x", "private_key": "«-----BEGIN ¦PRIVATE KEY-----\\n{b64:64}\\n{b64:64}\\n-----END ¦PRIVATE KEY-----\\n»"}',
  'Azure storage key':
    'DefaultEndpointsProtocol=https;AccountName=a;Account¦Key=«{b64:86}==»;EndpointSuffix=core.windows.net',
  'Azure shared access signature':
    'https://a.blob.core.windows.net/c?sv=2022&si¦g=«{b62:20}%2B{b62:21}%3D»&se=2030',
  'Azure client secret': '{b62:3}8¦Q~{b62:34}',
  'GitHub personal token': 'gh¦p_{b62:36}',
  'GitHub OAuth token': 'gh¦o_{b62:36}',
  'GitHub user token': 'gh¦u_{b62:36}',
  'GitHub server token': 'gh¦s_{b62:36}',
  'GitHub refresh token': 'gh¦r_{b62:76}',
  'GitHub fine-grained token': 'github¦_pat_{b62:22}_{b62:59}',
  'GitLab personal token': 'gl¦pat-{url:20}',
  'GitLab deploy token': 'gl¦dt-{url:20}',
  'GitLab runner token': 'gl¦rt-t1_{url:27}.01.{b36:9}',
  'GitLab trigger token': 'gl¦ptt-{hex:40}',
  'Bitbucket app password': 'AT¦BB{b62:32}',
  'Atlassian API token': 'AT¦ATT3{url:186}',
  'Slack bot token': 'xo¦xb-{num:12}-{num:12}-{b62:24}',
  'Slack app token': 'xa¦pp-1-{B36:11}-{num:13}-{hex:64}',
  'Slack webhook': 'https://hooks.slack.com/ser¦vices/«T{B36:8}/B{B36:10}/{b62:24}»',
  'Discord bot token': 'M{b62:23}¦.{url:6}.{url:38}',
  'Discord webhook': 'https://discord.com/api/web¦hooks/{num:18}/«{url:68}»',
  'Telegram bot token': '{num:10}:¦AA{url:33}',
  'Telegram bot token in a URL': 'curl https://api.telegram.org/bot«1{num:9}:¦AA{url:33}»/getMe',
  'Stripe secret key': 'sk_¦live_{b62:24}',
  'Stripe restricted key': 'rk_¦test_{b62:24}',
  'Stripe webhook secret': 'whs¦ec_{b62:32}',
  'Twilio API key': 'S¦K{hex:32}',
  'Twilio auth token': 'TWILIO_AUTH_¦TOKEN=«{hex:32}»',
  'SendGrid key': 'S¦G.{url:22}.{url:43}',
  'Mailgun key': 'ke¦y-{hex:32}',
  'Mailchimp key': '{hex:32}¦-us12',
  'OpenAI key': 's¦k-{b62:48}',
  'OpenAI project key': 's¦k-proj-{url:74}T3BlbkFJ{url:74}',
  'Anthropic key': 's¦k-ant-api03-{url:93}AA',
  'Hugging Face token': 'h¦f_{b62:34}',
  'Cohere key': 'CO_API_¦KEY=«{b62:40}»',
  'Replicate token': 'r¦8_{b62:37}',
  'Groq key': 'gs¦k_{b62:52}',
  'npm token': 'np¦m_{b62:36}',
  'npm token in .npmrc': '//registry.npmjs.org/:_auth¦Token=«{uuid}»',
  'PyPI token': 'py¦pi-AgEIcHlwaS5vcmc{url:90}',
  'RubyGems key': 'ruby¦gems_{hex:48}',
  'Docker Hub token': 'dckr¦_pat_{url:27}',
  'Docker config': '{"auths": {"https://index.docker.io/v1/": {"au¦th": "«{b64:44}»"}}}',
  'DigitalOcean token': 'do¦p_v1_{hex:64}',
  'Heroku key': 'HEROKU_API_¦KEY=«{uuid}»',
  'Fly token': 'fo¦1_{url:43}',
  'Fly macaroon': 'FLY_API_TOKEN="FlyV1 «fm¦2_{b64:120}»"',
  'Vercel token': 'VERCEL_¦TOKEN=«{b62:24}»',
  'Vercel new token': 'vc¦p_{b62:56}',
  'Netlify token': 'nf¦p_{b62:40}',
  'Cloudflare token': 'CLOUDFLARE_API_¦TOKEN=«{url:40}»',
  'Cloudflare new token': 'cf¦ut_{b62:40}{hex:8}',
  'Databricks token': 'da¦pi{hex:32}',
  'Snowflake password': 'SNOWSQL_¦PWD=«{pw}» snowsql -a org',
  'Datadog key': 'DD_API_¦KEY=«{hex:32}»',
  'Datadog header': "curl -H 'DD-APPLICATION-¦KEY: «{hex:40}»' https://api.datadoghq.com",
  'New Relic key': 'NR¦AK-{B36:27}',
  'Sentry DSN': 'SENTRY_DSN=https://«{hex:32}¦»@o123.ingest.sentry.io/456',
  'Sentry token': 'sntr¦yu_{hex:64}',
  'Linear key': 'lin_¦api_{b62:40}',
  'Notion token': 'nt¦n_{num:11}{b62:35}',
  'Notion old token': 'sec¦ret_{b62:43}',
  'Figma token': 'fi¦gd_{url:40}',
  'Shopify token': 'shp¦at_{hex:32}',
  'Square token': 'sq0¦atp-{url:22}',
  'PlanetScale password': 'psc¦ale_pw_{url:43}',
  'Supabase token': 'sb¦p_{hex:40}',
  'Doppler token': 'dp.¦st.dev.{b62:43}',
  'Vault token': 'hv¦s.{url:95}',
  'Terraform Cloud token': '{b62:14}¦.atlasv1.{url:67}',
  'Grafana token': 'gl¦sa_{b62:32}_{hex:8}',
  'Tailscale key': 'ts¦key-auth-{b62:16}-{b62:32}',
  '1Password service account': 'op¦s_eyJ{b64:250}',
  'age key': 'AGE-¦SECRET-KEY-1{B36:58}',
  'SSH key':
    '-----BEGIN ¦OPENSSH PRIVATE KEY-----\n{b64:70}\n{b64:70}\n-----END ¦OPENSSH PRIVATE KEY-----',
  'PKCS key without an end': '-----BEGIN ¦RSA PRIVATE KEY-----\n«{b64:64}\n{b64:64}»\n',
  'PGP key':
    '-----BEGIN PGP ¦PRIVATE KEY BLOCK-----\n\n«{b64:64}\n{b64:64}»\n=abcd\n-----END PGP ¦PRIVATE KEY BLOCK-----',
  'private key in base64': 'LS0tLS1CRUdJ¦TiBSU0EgUFJJVkFURSBLRVkt{b64:300}',
  'web token': 'ey¦JhbGciOiJIUzI1NiJ9.eyJ{url:80}.{url:43}',
  'Authorization header': "curl -H 'Author¦ization: Bearer «{url:40}»' https://x",
  'Authorization header, double quotes': 'curl -H "Author¦ization: Basic «{b64:24}==»" https://x',
  'Authorization header, unquoted': 'curl -H Author¦ization:«{url:30}» https://x',
  'Authorization header, digest':
    'curl -H \'Author¦ization: Digest username="bob", realm="x", response="«{hex:32}»"\' https://x',
  'Authorization header of a request':
    'GET / HTTP/1.1\r\nHost: x\r\nAuthor¦ization: token «{pw}»\r\nAccept: */*\r\n',
  'Authorization in code': 'fetch(u, { headers: { Author¦ization: `Bearer «{url:32}»` } })',
  'Proxy-Authorization header': 'Proxy-Author¦ization: Basic «{b64:20}»\n',
  'cookie header': "curl -H 'Coo¦kie: sid=«{b62:20}; theme=dark; auth={b62:20}»' https://x",
  'cookie option': "curl --coo¦kie 'sid=«{b62:20}»' https://x",
  'Set-Cookie header': 'Set-Coo¦kie: session=«{url:30}»; HttpOnly\n',
  'cookies in JSON': '{"set-coo¦kie": ["sid=«{b62:20}»; Path=/"]}',
  'X-Api-Key header': 'curl -H "X-Api-¦Key: «{pw}»" https://x',
  'X-Api-Key header of httpie': 'http GET https://x X-Api-¦Key:«{pw}»',
  'private token header': "curl --header 'PRIVATE-¦TOKEN: «{pw}»' https://x",
  'curl user': 'curl -u bob:¦«{pw}» https://x',
  'curl user in quotes': "curl --user 'bob:¦«{pw} {pw}»' https://x",
  'curl user attached': 'curl -ubob:¦«{pw}» https://x',
  'URL with a password': 'git clone https://bob:¦«{pw}»@example.org/a.git',
  'URL with a token': 'git clone https://«{b62:40}¦»@example.org/a.git',
  'URL with an encoded password': 'psql postgres://bob:¦«p%40{low:8}%2F%23»@db:5432/x',
  'URL with an odd password': 'redis-cli -u redis://:¦«p@{low:8}/{low:4}»@cache:6379/0',
  'URL parameter': 'curl "https://x/y?a=1&access_¦token=«{pw}»&b=2"',
  'signed URL': 'https://b.s3.amazonaws.com/k?X-Amz-Algorithm=A&X-Amz-Signa¦ture=«{hex:64}»',
  'JDBC password': 'jdbc:mysql://h/db?user=bob&pass¦word=«{pw}»&ssl=true',
  'option with a password': 'tool --pass¦word «{pw}» run',
  'option with a password and =': 'tool --db-pass¦word=«{pw}» run',
  'option with a quoted password': "tool --pass¦word '«{low:8} {low:8}»' run",
  'option with a token': 'tool --api-¦key «{pw}» --verbose',
  'option in a list': '["tool", "--pass¦word", "«{pw}»"]',
  'mysql password': 'mysql -u root -p¦«{low:9}» db',
  'mysql password in quotes': "mysqldump -u root -p'¦«{low:8} {low:8}»' db",
  'sshpass password': 'sshpass -p ¦«{pw}» ssh host',
  'docker login': 'docker login -u bob -p ¦«{pw}» registry.example.org',
  'redis password': 'redis-cli -h x -a ¦«{pw}» ping',
  'LDAP password': 'ldapsearch -D cn=admin -w ¦«{pw}» -b dc=x',
  'archive password': 'zip -P ¦«{pw}» a.zip b',
  'archive password attached': '7z a -p¦«{pw}» a.7z b',
  'openssl password': 'openssl enc -aes-256-cbc -pass pass:¦«{pw}» -in a',
  'piped password': 'echo ¦«{low:9}» | sudo -S apt-get update',
  'piped registry password': "printf '%s' '¦«{low:9}»' | docker login --password-stdin",
  'piped account': "echo 'root:¦«{low:9}»' | chpasswd",
  PGPASSWORD: 'PGPASS¦WORD=«{low:9}» psql -h db',
  SSHPASS: 'SSH¦PASS=«{pw}» sshpass -e ssh h',
  'environment assignment': 'export DB_PASS¦WORD=«{low:9}»; run',
  'environment assignment in quotes': 'DB_PASS¦WORD="«{low:8} {low:8} \\" {low:8}»" run',
  'environment assignment in joined quotes': `DB_PASS¦WORD='«{low:8}'"'"'{low:9}»' run`,
  '.env file': 'A=1\nSECRET_¦KEY_BASE=«{low:12}»\nB=2\n',
  '.env file, several words': 'API_SEC¦RET="«{low:8} {low:8}\n{low:8}»"\n',
  '.env file, special characters': 'DB_PASS¦WORD=«{low:8};{low:4}&{low:4},{low:3}»\n',
  'Windows environment': 'setx API_¦KEY «{pw}»',
  'PowerShell environment': '$env:API_SEC¦RET = "«{pw}»"',
  'fish environment': 'set -gx AUTH_¦TOKEN «{pw}»',
  'JSON member': '{"client_sec¦ret": "«{pw}»", "a": 1}',
  'JSON member with escapes': '{"pass¦word": "«{low:8}\\"{low:8}»", "a": 1}',
  'JSON in a quoted argument': 'curl -d "{\\"pass¦word\\": \\"«{low:8} {low:8}»\\"}" https://x',
  'JSON list': '{"api_¦keys": ["«{pw}»", "b"]}',
  'JSON name and value': '{"name": "DB_PASS¦WORD", "value": "«{pw}»"}',
  'YAML member': 'db:\n  pass¦word: «{low:8} {low:8}»\n  port: 1\n',
  'YAML name and value': '- name: API_¦TOKEN\n  value: «{pw}»\n',
  'XML element': '<server><pass¦word>«{low:8} {low:8}»</password></server>',
  'INI line': '[client]\npass¦word = «{low:8} {low:8}»\n',
  'form field': 'curl -d grant_type=password -d pass¦word=«{pw}» https://x',
  'connection string': 'Server=db;User Id=bob;Pass¦word=«{low:8} {low:8}»;Encrypt=True',
  'connection string, short': 'Data Source=db;Uid=bob;P¦wd=«{low:9}»',
  'netrc line': 'machine example.org login bob pass¦word «{low:9}»',
  'netrc over lines': 'machine example.org\n  login bob\n  pass¦word «{low:9}»\n',
  'kubectl secret': 'kubectl create secret generic x --from-literal=a=¦«{low:9}»',
  'fly secret': 'fly secrets set STRIPE=¦«{low:9}» OTHER=x',
  'GitHub secret': "gh secret set NAME --body ¦'«{low:8} {low:8}»'",
  'SQL user': "CREATE USER bob WITH PASS¦WORD '«{low:8} {low:8}»'",
  'SQL identification': "ALTER USER 'bob'@'%' IDENTIFIED¦ BY '«{low:9}»'",
  'hexadecimal key under a secret name': 'ENCRYPTION_¦KEY=«{hex:64}»',
  'base64 under a secret name': 'JWT_SEC¦RET=«{b64:43}=»',
  'Ruby hash': ':pass¦word => "«{pw}»",',
  'Python keyword': "connect(user='bob', pass¦word='«{low:8} {low:8}»')",
  'HTML escaped URL': 'https://x/?tok¦en=«{pw}»&amp;a=1',
  'percent-encoded parameter': 'https://x/?next=%2Fy%3Ftok¦en%3D«{b62:20}»',
  'long word alone, base62': '{b62:48}',
  'long word alone, base64': '{b64:64}==',
  'long word alone, URL alphabet': '{url:64}',
  'long word alone, small letters and digits': '{b36:52}',
};

const ALL_KINDS: readonly string[] = Object.keys(TEMPLATES);
/** Kinds that stand alone, with nothing that says what they are: they are guessed, not known. */
export const GUESSED_KINDS: readonly string[] = ALL_KINDS.filter((kind) => /alone,/.test(kind));
/** Kinds that are known by their form or their place, each of them every time. */
export const SECRET_KINDS: readonly string[] = ALL_KINDS.filter(
  (kind) => !GUESSED_KINDS.includes(kind),
);

/** Makes a secret of the kind; equal seeds give equal secrets. */
export function plantedSecret(kind: string, seed: number): Planted {
  // Two kinds share no random part: what one may keep would look like a trace of the other.
  const next = chance(seed * 7919 + ALL_KINDS.indexOf(kind) * 104_729);
  const marked = (TEMPLATES[kind] ?? '')
    .replaceAll('¦', '')
    .replace(/\{(\w+)(?::(\d+))?\}/g, (_, name: string, length?: string) =>
      part(name, Number(length ?? 0), next),
    );
  const secret = /«(.*)»/s.exec(marked)?.[1] ?? marked;
  return { kind, secret, text: marked.replace(/[«»]/g, '') };
}

/** The secret, and its longer parts: to give away one of them is to give away too much. */
export function tracesOf({ secret }: Planted): readonly string[] {
  return [secret, ...secret.split(/[^A-Za-z0-9]+/).filter((part) => part.length >= 8)];
}

function part(name: string, length: number, next: () => number): string {
  const pick = (alphabet: Alphabet, count: number): string =>
    Array.from({ length: count }, () => {
      const letters = ALPHABETS[alphabet];
      return letters[Math.floor(next() * letters.length)];
    }).join('');
  if (name === 'pw') return `${pick('low', 5)}${pick('num', 1)}!${pick('b62', 4)}`;
  if (name === 'uuid') {
    return [8, 4, 4, 4, 12].map((count) => pick('hex', count)).join('-');
  }
  return pick(name as Alphabet, length);
}

/** A small generator of numbers between 0 and 1 (mulberry32). */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
