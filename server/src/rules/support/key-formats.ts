// What the keys of services look like, as data: each row is a service and the form of its keys.
//
// A form is text with holes: `<set:count>` for so many characters of a set, as in `npm_<m:36>`. What stands before the first hole is what a
// file is searched for. Sets: `n` digits, `h` lower hexadecimal, `H` hexadecimal, `a` lower case and digits, `A` upper case and
// digits, `m` letters and digits, `w` these with `_` and `-`, `b` base 64, `u` a UUID (without a count).

export type KeyThing = 'key' | 'token' | 'address'
type Row = readonly [service: string, thing: KeyThing, form: string]

/** Keys that begin with something of their own. */
export const PREFIXED: readonly Row[] = [
  ['1Password', 'token', 'ops_eyJ<b:250-1000>'],
  ['Adafruit IO', 'key', 'aio_<m:28>'],
  ['Adobe', 'key', 'p8e-<a:32>'],
  ['Alibaba Cloud', 'key', 'LTAI<m:20>'],
  ['Apify', 'token', 'apify_api_<m:36>'],
  ['Artifactory', 'key', 'AKCp<m:69>'],
  ['Artifactory', 'token', 'cmVmd<m:59>'],
  ['Atlassian', 'token', 'ATATT3xFfGF0<w:150-250>=<H:8>'],
  ['Atlassian', 'token', 'ATCTT3xFfGN0<w:150-250>=<H:8>'],
  ['AWS Bedrock', 'key', 'ABSK<b:109-269>'],
  ['Axiom', 'token', 'xaat-<u>'],
  ['Axiom', 'token', 'xapt-<u>'],
  ['Bitbucket', 'token', 'ATBB<m:32>'],
  ['Brevo', 'key', 'xkeysib-<h:64>-<m:16>'],
  ['Brevo', 'key', 'xsmtpsib-<h:64>-<m:16>'],
  ['Buildkite', 'token', 'bkua_<h:40>'],
  ['Cerebras', 'key', 'csk-<a:48>'],
  ['CircleCI', 'token', 'CCIPAT_<m:22>_<h:40>'],
  ['CircleCI', 'token', 'CCIPRJ_<m:22>_<h:40>'],
  ['Clojars', 'token', 'CLOJARS_<a:60>'],
  ['Cloudflare', 'key', 'v1.0-<h:24>-<h:146>'],
  ['Contentful', 'token', 'CFPAT-<w:43>'],
  ['Defined Networking', 'key', 'dnkey-<w:26>-<w:52>'],
  ['Deno Deploy', 'token', 'ddp_<m:36>'],
  ['Docker', 'token', 'dckr_oat_<w:32>'],
  ['Doppler', 'token', 'dp.pt.<m:40-44>'],
  ['Doppler', 'token', 'dp.ct.<m:40-44>'],
  ['Doppler', 'token', 'dp.sa.<m:40-44>'],
  ['Doppler', 'token', 'dp.scim.<m:40-44>'],
  ['Doppler', 'token', 'dp.audit.<m:40-44>'],
  ['Dropbox', 'token', 'sl.B<w:128-160>'],
  ['Dub', 'key', 'dub_<m:24>'],
  ['Duffel', 'token', 'duffel_live_<w:43>'],
  ['Dynatrace', 'token', 'dt0c01.<A:24>.<A:64>'],
  ['Dynatrace', 'token', 'dt0s16.<A:8>.<A:64>'],
  ['E2B', 'key', 'e2b_<h:40>'],
  ['EasyPost', 'key', 'EZAK<m:54>'],
  ['Endor Labs', 'key', 'endr+<w:16>'],
  ['Facebook', 'token', 'EAACEdEose0cBA<m:40-300>'],
  ['Facebook', 'token', 'EAAM<m:100-300>'],
  ['Fauna', 'key', 'fnAE<w:36>'],
  ['Figma', 'token', 'figd_<w:40>'],
  ['Flutterwave', 'key', 'FLWSECK-<h:32>-X'],
  ['Fly.io', 'token', 'fo1_<w:43>'],
  ['Fly.io', 'token', 'fm2_<b:100-900>'],
  ['Frame.io', 'token', 'fio-u-<w:64>'],
  ['GitLab', 'token', 'gldt-<w:20>'],
  ['GitLab', 'token', 'glrt-<w:20>'],
  ['GitLab', 'token', 'glft-<w:20>'],
  ['GitLab', 'token', 'glptt-<h:40>'],
  ['GitLab', 'token', 'glcbt-<w:22-30>'],
  ['GitLab', 'token', 'glimt-<w:25>'],
  ['GitLab', 'token', 'glagent-<w:50>'],
  ['GitLab', 'token', 'gloas-<h:64>'],
  ['GitLab', 'token', 'glsoat-<w:20>'],
  ['GitLab', 'token', 'glffct-<w:20>'],
  ['GitLab', 'token', 'GR1348941<w:20>'],
  ['Google', 'key', 'GOCSPX-<w:28>'],
  ['Google', 'token', '1//0<w:60-110>'],
  ['Grafana Cloud', 'token', 'glc_eyJ<b:60-400>'],
  ['HashiCorp Vault', 'token', 'hvs.<w:90-120>'],
  ['HashiCorp Vault', 'token', 'hvb.<w:138-300>'],
  ['Heroku', 'key', 'HRKU-AA<w:58>'],
  ['Heroku', 'key', 'HRKU-<u>'],
  ['Honeycomb', 'key', 'hcaik_<a:58>'],
  ['HubSpot', 'token', 'pat-na1-<u>'],
  ['HubSpot', 'token', 'pat-eu1-<u>'],
  ['Hugging Face', 'token', 'api_org_<m:34>'],
  ['Infracost', 'key', 'ico-<m:32>'],
  ['Intra 42', 'key', 's-s4t2ud-<h:64>'],
  ['Jina AI', 'key', 'jina_<w:60>'],
  ['Langfuse', 'key', 'sk-lf-<u>'],
  ['LangSmith', 'key', 'lsv2_pt_<h:32>_<h:10>'],
  ['LangSmith', 'key', 'lsv2_sk_<h:32>_<h:10>'],
  ['Linear', 'token', 'lin_oauth_<h:64>'],
  ['Liveblocks', 'key', 'sk_prod_<w:64>'],
  ['MailerSend', 'token', 'mlsn.<h:64>'],
  ['Mapbox', 'token', 'sk.eyJ<w:60-200>.<w:20-30>'],
  ['MongoDB Atlas', 'key', 'mdb_sa_sk_<w:40>'],
  ['Neon', 'key', 'napi_<a:64>'],
  ['Netlify', 'token', 'nfp_<m:36-40>'],
  ['New Relic', 'key', 'NRAK-<A:27>'],
  ['New Relic', 'key', 'NRII-<w:32>'],
  ['New Relic', 'key', 'NRAA-<h:27>'],
  ['Notion', 'token', 'ntn_<n:11><m:35>'],
  ['NuGet', 'key', 'oy2<a:43>'],
  ['NVIDIA', 'key', 'nvapi-<w:64>'],
  ['Octopus Deploy', 'key', 'API-<A:26>'],
  ['OneSignal', 'key', 'os_v2_app_<a:103-110>'],
  ['Onfido', 'token', 'api_live.<w:11>.<w:32>'],
  ['OpenRouter', 'key', 'sk-or-v1-<h:64>'],
  ['OpenShift', 'token', 'sha256~<w:43>'],
  ['Paddle', 'key', 'pdl_live_apikey_<a:26>_<m:22>_<m:3>'],
  ['Perplexity', 'key', 'pplx-<m:48>'],
  ['Pinecone', 'key', 'pcsk_<m:5-6>_<m:60-70>'],
  ['Plaid', 'token', 'access-production-<u>'],
  ['PlanetScale', 'token', 'pscale_tkn_<w:32-64>'],
  ['PlanetScale', 'token', 'pscale_oauth_<w:32-64>'],
  ['PlanetScale', 'key', 'pscale_pw_<w:32-64>'],
  ['Polar', 'token', 'polar_oat_<m:43>'],
  ['Polar', 'token', 'polar_pat_<m:43>'],
  ['PostHog', 'key', 'phx_<m:43-47>'],
  ['Postman', 'key', 'PMAK-<h:24>-<h:34>'],
  ['Prefect', 'key', 'pnu_<a:36>'],
  ['Pulumi', 'token', 'pul-<h:40>'],
  ['PyPI', 'token', 'pypi-AgENdGVzdC5weXBpLm9yZw<w:50-500>'],
  ['ReadMe', 'key', 'rdme_<a:70>'],
  ['Render', 'key', 'rnd_<m:32>'],
  ['Replicate', 'token', 'r8_<m:37>'],
  ['Resend', 'key', 're_<m:8>_<m:24>'],
  ['Rootly', 'token', 'rootly_<h:64>'],
  ['RubyGems', 'key', 'rubygems_<h:48>'],
  ['Salesforce', 'key', '3MVG9<w:50-120>'],
  ['Samsara', 'token', 'samsara_api_<m:30>'],
  ['Scalingo', 'token', 'tk-us-<w:48>'],
  ['Sentry', 'token', 'sntryu_<h:64>'],
  ['Sentry', 'token', 'sntrys_eyJ<b:60-400>'],
  ['SettleMint', 'token', 'sm_pat_<m:16>'],
  ['SettleMint', 'token', 'sm_aat_<m:16>'],
  ['Shippo', 'token', 'shippo_live_<h:40>'],
  ['Shopify', 'token', 'shptka_<h:32>'],
  ['Slack', 'token', 'xapp-1-<A:8-14>-<n:10-14>-<h:64>'],
  ['Slack', 'token', 'xoxe.xoxp-1-<b:150-200>'],
  ['SonarQube', 'token', 'squ_<h:40>'],
  ['SonarQube', 'token', 'sqp_<h:40>'],
  ['SonarQube', 'token', 'sqa_<h:40>'],
  ['Sourcegraph', 'token', 'sgp_<h:40>'],
  ['Sourcegraph', 'token', 'sgp_<h:16>_<h:40>'],
  ['Spectral', 'token', 'spu-<a:32>'],
  ['Square', 'token', 'EAAAE<w:59>'],
  ['Square', 'key', 'sq0csp-<w:43>'],
  ['Square', 'token', 'sq0atp-<w:22>'],
  ['Svix or Stripe', 'key', 'whsec_<m:32>'],
  ['Stytch', 'key', 'secret-live-<w:36>'],
  ['Supabase', 'token', 'sbp_<h:40>'],
  ['Supabase', 'key', 'sb_secret_<w:31-40>'],
  ['Tailscale', 'key', 'tskey-auth-<m:10-20>-<m:20-40>'],
  ['Tailscale', 'key', 'tskey-api-<m:10-20>-<m:20-40>'],
  ['Tailscale', 'key', 'tskey-client-<m:10-20>-<m:20-40>'],
  ['Tavily', 'key', 'tvly-<w:32-44>'],
  ['Together AI', 'key', 'tgp_v1_<w:43>'],
  ['Trello', 'token', 'ATTA<h:64>'],
  ['Trigger.dev', 'key', 'tr_prod_<m:20-24>'],
  ['Trigger.dev', 'token', 'tr_pat_<a:40>'],
  ['Typeform', 'token', 'tfp_<w:44>_<w:14>'],
  ['Ubidots', 'token', 'BBFF-<m:30>'],
  ['Vercel', 'token', 'vercel_blob_rw_<m:16>_<m:30-40>'],
  ['WakaTime', 'key', 'waka_<u>'],
  ['xAI', 'key', 'xai-<m:80>'],
  ['Yandex Cloud', 'key', 'AQVN<w:35-38>'],
  ['Zuplo', 'key', 'zpka_<h:32>_<h:8>'],
]

/**
 * Keys that look like any others: what makes them one is the name that they are given, of the service and of a key. A form is all of the
 * value.
 */
export const NAMED: readonly Row[] = [
  ['Airbrake', 'key', '<h:32>'],
  ['Airtable', 'key', 'key<m:14>'],
  ['Amplitude', 'key', '<h:32>'],
  ['Asana', 'key', '<a:32>'],
  ['Bittrex', 'key', '<h:32>'],
  ['Bugsnag', 'key', '<h:32>'],
  ['Cloudinary', 'key', '<w:27>'],
  ['Codecov', 'token', '<u>'],
  ['Cohere', 'key', '<m:40>'],
  ['Confluent', 'key', '<b:64>'],
  ['Coveralls', 'token', '<m:33>'],
  ['Datadog', 'key', '<h:32>'],
  ['Datadog', 'key', '<h:40>'],
  ['Deepgram', 'key', '<h:40>'],
  ['Etsy', 'key', '<a:24>'],
  ['Fastly', 'token', '<w:32>'],
  ['Finnhub', 'token', '<a:20>'],
  ['Flickr', 'key', '<h:32>'],
  ['FreshBooks', 'token', '<h:64>'],
  ['Freshdesk', 'key', '<m:20>'],
  ['Gitter', 'token', '<h:40>'],
  ['Intercom', 'token', '<b:60>'],
  ['Kraken', 'key', '<b:86>=='],
  ['LaunchDarkly', 'key', 'sdk-<u>'],
  ['LaunchDarkly', 'token', 'api-<u>'],
  ['Lokalise', 'token', '<h:40>'],
  ['Mailchimp', 'key', '<h:32>-us<n:1-2>'],
  ['Mailgun', 'key', 'key-<h:32>'],
  ['Mailgun', 'key', '<h:32>-<h:8>-<h:8>'],
  ['Mailjet', 'key', '<h:32>'],
  ['Mattermost', 'token', '<a:26>'],
  ['MessageBird', 'key', '<m:25>'],
  ['Mixpanel', 'key', '<h:32>'],
  ['Okta', 'token', '00<w:40>'],
  ['OpenWeather', 'key', '<h:32>'],
  ['Opsgenie', 'key', '<u>'],
  ['PagerDuty', 'token', '<w:20>'],
  ['Pipedrive', 'token', '<h:40>'],
  ['Plivo', 'token', '<m:40>'],
  ['Postmark', 'token', '<u>'],
  ['Pusher', 'key', '<h:20>'],
  ['RapidAPI', 'key', '<a:10>msh<a:15>p1<a:6>jsn<a:12>'],
  ['Rollbar', 'token', '<h:32>'],
  ['Shodan', 'key', '<m:32>'],
  ['Snyk', 'token', '<u>'],
  ['Sumo Logic', 'key', '<m:64>'],
  ['Travis', 'token', '<w:22>'],
  ['Twitch', 'key', '<a:30>'],
  ['Vonage', 'key', '<m:16>'],
  ['Wandb', 'key', '<h:40>'],
  ['Zendesk', 'token', '<m:40>'],
]

const SETS: Readonly<Record<string, string>> = {
  n: '0-9',
  h: '0-9a-f',
  H: '0-9a-fA-F',
  a: '0-9a-z',
  A: '0-9A-Z',
  m: '0-9A-Za-z',
  w: '0-9A-Za-z_-',
  b: '0-9A-Za-z+/=',
}
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const HOLE = /<([a-zA-Z])(?::(\d+)(?:-(\d+))?)?>/g

/** A form as the source of a regular expression. */
export function patternOf(form: string): string {
  let source = ''
  let at = 0
  for (const hole of form.matchAll(HOLE)) {
    source += escaped(form.slice(at, hole.index))
    const [all, set, least, most] = hole
    source += set === 'u' ? UUID : `[${SETS[set!]}]{${least}${most ? `,${most}` : ''}}`
    at = hole.index + all.length
  }
  return source + escaped(form.slice(at))
}

/** What a form begins with: it is what a text is searched for. */
export function prefixOf(form: string): string {
  return form.slice(0, form.indexOf('<'))
}

/** A text of that form, made of what `next` draws: a number from 0 to below 1. */
export function drawn(form: string, next: () => number): string {
  const draw = (set: string, count: number) => {
    const all = ALPHABETS[set]!
    return Array.from({ length: count }, () => all[Math.floor(next() * all.length)]).join('')
  }
  return form.replace(HOLE, (_, set: string, least?: string) =>
    set === 'u' ? [8, 4, 4, 4, 12].map(it => draw('h', it)).join('-') : draw(set, Number(least)),
  )
}

const DIGITS = '0123456789'
const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const ALPHABETS: Readonly<Record<string, string>> = {
  n: DIGITS,
  h: `${DIGITS}abcdef`,
  H: `${DIGITS}abcdefABCDEF`,
  a: DIGITS + LOWER,
  A: DIGITS + LOWER.toUpperCase(),
  m: DIGITS + LOWER + LOWER.toUpperCase(),
  w: DIGITS + LOWER + LOWER.toUpperCase(),
  b: DIGITS + LOWER + LOWER.toUpperCase(),
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
