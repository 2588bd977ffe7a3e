import { setTimeout as wait } from 'node:timers/promises'
import { test } from 'tap'
import { authenticateLocally } from '../../src/http/access/local-keys.js'
import { originsOf, signInOrigins } from '../../src/http/access/sign-in-origins.js'
import { KEYS } from '../support/ledger-service.js'
import { serve } from '../support/listen.js'
import { AUDIENCE, openIdProvider } from '../support/openid-provider.js'

const FILES = { 'index.html': '<!doctype html><title>page</title>' }
const PLAIN = { RATE_LIMIT: 600_000, LOG_LEVEL: 'silent' } as const

/** The settings of a service whose pages sign in with an issuer. */
const signingIn = (issuer: string, audience = AUDIENCE) => ({
  ...PLAIN,
  OIDC_ISSUER: issuer,
  OIDC_AUDIENCE: audience,
  OIDC_CLIENT_ID: 'huimin-pages',
})

test('the pages are told how people sign in', async (t) => {
  const ways = async (parts: Parameters<typeof serve>[1]) =>
    (await (await serve(t, parts)).inject('/v1/sign-in')).json()
  t.strictSame(await ways({}), { keys: false, provider: null })
  t.strictSame(await ways({ authenticate: authenticateLocally(KEYS) }), {
    keys: true,
    provider: null,
  })
  const issuer = 'https://id.example/realms/city'
  t.strictSame(await ways({ settings: { ...signingIn(issuer), OIDC_CLIENT_ID: undefined } }), {
    keys: false,
    provider: null,
  })
  const scope = 'openid decisions:write decisions:read audit privacy'
  t.strictSame((await ways({ settings: signingIn(issuer) })).provider, {
    issuer,
    clientId: 'huimin-pages',
    scope,
    resource: AUDIENCE,
  })
  const named = await ways({ settings: signingIn(issuer, 'huimin') })
  t.equal(named.provider.resource, null, 'an audience that is no URI cannot be asked for')
})

/** What a service allows its pages to speak to. */
async function connectable(app: Awaited<ReturnType<typeof serve>>) {
  const policy = String((await app.inject('/')).headers['content-security-policy'])
  return /connect-src ([^;]+);/.exec(policy)?.[1]
}

test('the pages may speak to the issuer, and to nobody where there is none', async (t) => {
  const provider = await openIdProvider(t, {})
  const pages = t.testdir(FILES)
  t.equal(await connectable(await serve(t, { pages })), "'self'")
  const settings = signingIn(provider.issuer)
  const closed = { ...settings, OIDC_CLIENT_ID: undefined }
  t.equal(await connectable(await serve(t, { pages, settings: closed })), "'self'")
  const app = await serve(t, { pages, settings })
  t.equal(await connectable(app), `'self' ${provider.issuer}`)
  t.notMatch((await app.inject('/v1/none')).headers['content-security-policy'], provider.issuer)
})

test('and to where the issuer gives its tokens, as long as that is no lesser place', async (t) => {
  const provider = await openIdProvider(t, {})
  const { issuer } = provider
  const pages = t.testdir(FILES)
  const saying = async (metadata: object) => {
    provider.answerWith((_request, reply) => reply.end(JSON.stringify(metadata)))
    return connectable(await serve(t, { pages, settings: signingIn(issuer) }))
  }
  const elsewhere = { issuer, token_endpoint: 'https://tokens.example/give' }
  t.equal(await saying(elsewhere), `'self' ${issuer} https://tokens.example`)
  for (const bad of [
    { ...elsewhere, issuer: 'https://id.example' },
    { ...elsewhere, token_endpoint: 'javascript:alert(1)' },
    { issuer },
  ])
    t.equal(await saying(bad), `'self' ${issuer}`, JSON.stringify(bad))
  const safe = 'https://id.example'
  const exposed = { issuer: safe, token_endpoint: 'http://id.example/token' }
  t.strictSame(originsOf(safe, exposed), [safe], 'nothing of a safe issuer goes in the clear')
  t.strictSame(originsOf(safe, { ...exposed, token_endpoint: `${safe}/token` }), [safe])
})

test('REQUIRE_AUTH=all leaves the pages open, which hold nothing but texts', async (t) => {
  const settings = { ...PLAIN, REQUIRE_AUTH: 'all' as const }
  const app = await serve(t, { pages: t.testdir(FILES), settings })
  t.equal((await app.inject('/')).statusCode, 200)
  t.equal((await app.inject('/v1/facts')).statusCode, 401)
})

test('a provider that is away at the start is asked again', async (t) => {
  const provider = await openIdProvider(t, {})
  const elsewhere = { issuer: provider.issuer, token_endpoint: 'https://tokens.example/give' }
  provider.answerWith((_request, reply) => reply.writeHead(500).end('away'))
  const origins = signInOrigins(provider.issuer, { good: 20, bad: 20 })
  await origins.asked()
  t.strictSame(origins.known(), [provider.issuer])
  t.equal(provider.asked.length, 1, 'not with every page')
  provider.answerWith((_request, reply) => reply.end(JSON.stringify(elsewhere)))
  await wait(40)
  await origins.asked()
  t.strictSame(origins.known(), [provider.issuer, 'https://tokens.example'])
  provider.answerWith(null)
  await wait(40)
  await origins.asked()
  t.strictSame(origins.known(), [provider.issuer], 'what it says now counts')
})
