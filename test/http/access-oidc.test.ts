import { createPublicKey } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { decodeJwt, importJWK, type JWK, type JWTHeaderParameters, SignJWT } from 'jose'
import { test } from 'tap'
import { authenticateCallers } from '../../src/http/access/authenticate-callers.js'
import { discoveredKeys } from '../../src/http/access/provider-keys.js'
import { readSettings } from '../../src/http/settings.js'
import {
  decisionRequest,
  KEYS,
  type LedgerService,
  ledgerService,
} from '../support/ledger-service.js'
import {
  AUDIENCE,
  newKey,
  type OpenIdProvider,
  openIdProvider,
} from '../support/openid-provider.js'

type Teardown = Parameters<typeof ledgerService>[0]

const PEOPLE = {
  north: { scope: 'decisions:write decisions:read', office: 'north' },
  'town-hall': { scope: 'audit', office: '市民中心' },
  homeless: { scope: 'decisions:write decisions:read audit' },
  elsewhere: { scope: 'audit', audience: 'urn:another' },
}

interface Signing extends LedgerService {
  readonly provider: OpenIdProvider
  readonly time: { ahead: number }
  readonly log: () => string
  /** Asks with a token. */
  readonly as: (token: string, url?: string, body?: unknown) => ReturnType<LedgerService['ask']>
}

/** A service that takes tokens of a real provider beside its local keys. */
async function signing(t: Teardown, issuer?: string): Promise<Signing> {
  const provider = await openIdProvider(t, PEOPLE)
  const settings = readSettings({
    OIDC_ISSUER: issuer ?? provider.issuer,
    OIDC_AUDIENCE: AUDIENCE,
    HUIMIN_KEY_CASEWORKER: KEYS.caseworker,
    HUIMIN_KEY_AUDITOR: KEYS.auditor,
    HUIMIN_KEY_PRIVACY: KEYS.privacy,
  })
  const time = { ahead: 0 }
  const lines: string[] = []
  const service = await ledgerService(t, {
    authenticate: authenticateCallers(settings, () => new Date(Date.now() + time.ahead)),
    settings: { RATE_LIMIT: 600_000, LOG_LEVEL: 'trace' },
    logTo: { write: (line) => lines.push(line) },
  })
  const as: Signing['as'] = (token, url = '/v1/decisions', body = undefined) =>
    service.ask(null, body === undefined ? 'GET' : 'POST', url, body, {
      authorization: `Bearer ${token}`,
      'idempotency-key': 'k',
    })
  return { ...service, provider, time, log: () => lines.join(''), as }
}

/** A token made by hand; with what is left out as the provider would have it. */
async function forged(
  { issuer, key }: OpenIdProvider,
  change: {
    readonly by?: JWK
    readonly header?: Partial<JWTHeaderParameters>
    readonly claims?: Record<string, unknown>
  } = {},
): Promise<string> {
  const { by = key(), header, claims } = change
  const seconds = Math.floor(Date.now() / 1000)
  const payload = {
    ...{ iss: issuer, aud: AUDIENCE, sub: 'forger', scope: 'audit' },
    ...{ iat: seconds, exp: seconds + 600, ...claims },
  }
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'ES256', kid: by.kid as string, typ: 'at+jwt', ...header })
    .sign(await importJWK(by))
}

const encoded = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url')

test('a token of the provider is good for its scopes, in its office; local keys stay good', async (t) => {
  const { provider, as, ask } = await signing(t)
  const token = await provider.tokenFor('north')
  const recorded = await as(token, '/v1/decisions', decisionRequest)
  t.equal(recorded.statusCode, 201)
  t.match(recorded.json(), { office: 'north', actor: 'north' })
  t.equal((await as(token)).json().items.length, 1)
  const forbidden = await as(token, '/v1/log/checkpoint')
  t.strictSame([forbidden.statusCode, forbidden.json().code], [403, 'forbidden'])
  t.equal(forbidden.headers['www-authenticate'], 'Bearer error="insufficient_scope", scope="audit"')
  const auditor = await provider.tokenFor('town-hall')
  t.equal((await as(auditor)).json().items.length, 1, 'an auditor reads every office')
  t.equal((await ask('auditor', 'GET', '/v1/decisions')).json().items.length, 1)
  t.strictSame((await ask('caseworker', 'GET', '/v1/decisions')).json().items, [])
  t.strictSame(
    provider.asked.filter((url) => url !== '/token'),
    ['/.well-known/openid-configuration', '/jwks'],
    'the provider is asked once',
  )
})

test('a token that is not good is refused, and the log says why without it', async (t) => {
  const { provider, as, log, time } = await signing(t)
  const good = await provider.tokenFor('town-hall')
  const stranger = await newKey()
  const [header, payload, signature] = good.split('.') as [string, string, string]
  const seconds = Math.floor(Date.now() / 1000)
  const asText = Buffer.from(
    createPublicKey({ key: provider.key() as never, format: 'jwk' }).export({
      type: 'spki',
      format: 'pem',
    }),
  )
  const confused = new SignJWT(decodeJwt(good)).setProtectedHeader({
    alg: 'HS256',
    kid: provider.key().kid as string,
    typ: 'at+jwt',
  })
  const bad: Record<string, [token: string, reason: string]> = {
    'for another audience': [await provider.tokenFor('elsewhere'), 'aud'],
    'of another issuer': [await forged(provider, { claims: { iss: 'https://id.example' } }), 'iss'],
    expired: [await forged(provider, { claims: { exp: seconds - 30 } }), 'ERR_JWT_EXPIRED'],
    'without an end': [await forged(provider, { claims: { exp: undefined } }), 'exp'],
    'not good yet': [await forged(provider, { claims: { nbf: seconds + 30 } }), 'nbf'],
    'of nobody': [await forged(provider, { claims: { sub: undefined } }), 'sub'],
    'of an empty name': [await forged(provider, { claims: { sub: '' } }), 'ERR_JWT_INVALID'],
    'without a signature': [
      `${encoded({ alg: 'none', typ: 'at+jwt' })}.${payload}.`,
      'ERR_JOSE_ALG_NOT_ALLOWED',
    ],
    'with its signature taken off': [`${header}.${payload}.`, 'ERR_JWS'],
    'signed with the public key as a secret': [
      await confused.sign(asText),
      'ERR_JOSE_ALG_NOT_ALLOWED',
    ],
    'given another scope': [
      `${header}.${encoded({ ...decodeJwt(good), scope: 'audit privacy' })}.${signature}`,
      'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    ],
    'signed with a key of its own': [
      await forged(provider, { by: stranger }),
      'ERR_JWKS_NO_MATCHING_KEY',
    ],
    'signed with a key that takes a known name': [
      await forged(provider, { by: { ...stranger, kid: provider.key().kid as string } }),
      'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    ],
    'an ID token': [
      await forged(provider, { header: { typ: 'JWT' }, claims: { scope: undefined } }),
      'ERR_JWT_INVALID',
    ],
    'a logout token': [
      await forged(provider, { header: { typ: 'logout+jwt' } }),
      'ERR_JWT_INVALID',
    ],
    'with a key in it': [
      await forged(provider, { by: stranger, header: { jwk: stranger } as object }),
      'ERR_JWKS_NO_MATCHING_KEY',
    ],
    'no token at all': ['neither.one.x31337', 'ERR_JWS_INVALID'],
    'a key nobody has': ['x'.repeat(40), 'unknown key'],
  }
  for (const [name, [token, reason]] of Object.entries(bad)) {
    const before = log().length
    const answer = await as(token)
    t.match(
      answer,
      { statusCode: 401, headers: { 'content-type': 'application/problem+json' } },
      name,
    )
    t.equal(answer.headers['www-authenticate'], 'Bearer error="invalid_token"', name)
    t.equal(answer.headers['cache-control'], 'no-store')
    t.equal(answer.json().code, 'unauthenticated')
    const said = log().slice(before)
    t.match(said, reason, name)
    const last = token.split('.').at(-1) || 'none'
    t.notOk(said.includes(last) || answer.body.includes(last), 'nothing of it stands anywhere')
  }
  t.match((await as(bad.expired?.[0] as string)).json(), { detail: 'The token has expired' })
  t.equal((await as(good)).statusCode, 200)
  time.ahead = 3_600_000 + 10_000
  t.equal((await as(good)).statusCode, 401, 'the same token an hour later')
})

test('clocks may differ by some seconds', async (t) => {
  const { provider, as } = await signing(t)
  const seconds = Math.floor(Date.now() / 1000)
  const late = await forged(provider, { claims: { exp: seconds - 2 } })
  t.equal((await as(late)).statusCode, 200)
  const early = await forged(provider, { claims: { nbf: seconds + 3 } })
  t.equal((await as(early)).statusCode, 200)
})

test('other types and lists of audiences are good where a scope is named', async (t) => {
  const { provider, as } = await signing(t)
  for (const typ of [undefined, 'JWT', 'application/at+jwt'])
    t.equal((await as(await forged(provider, { header: { typ } }))).statusCode, 200, String(typ))
  const both = await forged(provider, { claims: { aud: ['urn:another', AUDIENCE] } })
  t.equal((await as(both)).statusCode, 200)
  const silent = await forged(provider, { claims: { scope: undefined } })
  t.equal((await as(silent)).statusCode, 403, 'an access token without scopes permits nothing')
  const listed = await forged(provider, { claims: { scope: ['audit'] } })
  t.equal((await as(listed)).statusCode, 403, 'a scope is text, RFC 9068')
})

test('who names no office has none of the scopes that are good in an office', async (t) => {
  const { provider, as } = await signing(t)
  const homeless = await provider.tokenFor('homeless')
  const refused = await as(homeless, '/v1/decisions', decisionRequest)
  t.strictSame([refused.statusCode, refused.json().code], [403, 'forbidden'])
  t.equal((await as(homeless)).statusCode, 200, 'audit is good without one')
  for (const office of ['', 'a\nb', 'x'.repeat(129), 5, ['north'], null]) {
    const token = await forged(provider, { claims: { scope: 'decisions:read', office } })
    t.equal((await as(token)).statusCode, 403, JSON.stringify(office))
  }
})

test('a new key of the provider is picked up, the old one is no longer good', async (t) => {
  const { provider, as } = await signing(t)
  const before = await provider.tokenFor('town-hall')
  t.equal((await as(before)).statusCode, 200)
  await provider.rotate()
  const after = await provider.tokenFor('town-hall')
  await wait(1_050)
  t.equal((await as(after)).statusCode, 200)
  t.equal((await as(before)).statusCode, 401)
})

test('unknown keys do not make the service ask the provider without end', async (t) => {
  const { provider, as } = await signing(t)
  t.equal((await as(await provider.tokenFor('town-hall'))).statusCode, 200)
  const unknown = await forged(provider, { by: await newKey() })
  for (let time = 0; time < 30; time += 1) t.equal((await as(unknown)).statusCode, 401)
  t.ok(provider.asked.filter((url) => url === '/jwks').length <= 3)
})

test('while the provider is away nobody signs in, keys are good, and later all is well', async (t) => {
  const { provider, as, ask, log } = await signing(t)
  const token = await provider.tokenFor('town-hall')
  const away = async (name: string) => {
    const answer = await as(token)
    t.strictSame([answer.statusCode, answer.json().code], [503, 'sign-in-unavailable'], name)
    t.equal(answer.headers['retry-after'], '5')
    t.equal(answer.headers['www-authenticate'], undefined)
    t.equal((await ask('auditor', 'GET', '/v1/decisions')).statusCode, 200, `${name}: a local key`)
    await wait(1_050)
  }
  provider.answerWith((_request, reply) => reply.writeHead(500).end('{}'))
  await away('it fails')
  const asked = provider.asked.length
  await Promise.all([as(token), as(token), as(token)])
  t.equal(provider.asked.length, asked + 1, 'it is asked once a second')
  await wait(1_050)
  provider.answerWith((request) => request.socket.destroy())
  await away('it hangs up')
  provider.answerWith((_request, reply) => reply.end('<html>'))
  await away('it is something else')
  const meta = { issuer: 'https://id.example', jwks_uri: `${provider.issuer}/jwks` }
  provider.answerWith((_request, reply) => reply.end(JSON.stringify(meta)))
  await away('it is another issuer')
  const own = { ...meta, issuer: provider.issuer }
  provider.answerWith((request, reply) =>
    request.url === '/jwks' ? reply.writeHead(503).end() : reply.end(JSON.stringify(own)),
  )
  await away('its keys are away')
  provider.answerWith((request, reply) =>
    reply.end(JSON.stringify(request.url === '/jwks' ? { keys: 'none' } : own)),
  )
  await away('its keys are none')
  t.match(log(), 'sign-in-unavailable')
  t.notOk(log().includes(token.split('.').at(-1) as string))
  provider.answerWith(null)
  t.equal((await as(token)).statusCode, 200)
  provider.answerWith((_request, reply) => reply.writeHead(500).end())
  t.equal((await as(token)).statusCode, 200, 'keys that are known are kept for a while')
})

test('keys are taken from the issuer itself only, and never in the clear where it is not', async (t) => {
  const { provider } = await signing(t)
  const meta = { issuer: 'https://id.example', jwks_uri: `${provider.issuer}/jwks` }
  t.throws(() => discoveredKeys('https://id.example', meta), { name: 'OtherIssuer' })
  const other = { issuer: 'https://other.example', jwks_uri: 'https://id.example/k' }
  t.throws(() => discoveredKeys('https://id.example', other), { name: 'OtherIssuer' })
  t.throws(() => discoveredKeys('https://id.example', { ...meta, jwks_uri: 'file:///etc/x' }))
  t.type(
    discoveredKeys('https://id.example', { ...meta, jwks_uri: 'https://id.example/k' }),
    'function',
  )
})
