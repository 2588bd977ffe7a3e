import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { Provider } from 'oidc-provider'

type Teardown = { teardown(end: () => unknown): unknown }

/** What the service is called at the provider. */
export const AUDIENCE = 'urn:huimin'

/** What the pages are called at the provider. */
export const PAGES_CLIENT = 'huimin-pages'

/** Who signs in, by `client_credentials` or on the pages: the name is the `sub` of the token. */
export interface Person {
  readonly scope: string
  readonly office?: unknown
  readonly audience?: string
  /** Seconds after which the token ends, whatever its giver said; an hour when left out. */
  readonly lasts?: number
}

/** A provider that listens, and what tests do to it. */
export interface OpenIdProvider {
  readonly issuer: string
  /** An access token for a person, as the provider gives it. */
  readonly tokenFor: (name: string) => Promise<string>
  /** Lets people sign in on the pages of an origin, with any password. */
  readonly letPagesIn: (origin: string) => void
  /** The private key it signs with now. */
  readonly key: () => JWK
  /** Takes a new key to sign with; the old ones are no longer published. */
  readonly rotate: () => Promise<void>
  /** Answers as told from now on; as a provider again with null. */
  readonly answerWith: (answer: RequestListener | null) => void
  /** Addresses asked for, in their order. */
  readonly asked: string[]
}

/** A key pair to sign with, as a private JWK. */
export async function newKey(alg = 'ES256'): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true })
  const kid = Math.random().toString(36).slice(2)
  return { ...(await exportJWK(privateKey)), kid, alg, use: 'sig' }
}

/** Starts a real OpenID provider for some people, ended with the test. */
export async function openIdProvider(
  t: Teardown,
  people: Readonly<Record<string, Person>>,
): Promise<OpenIdProvider> {
  let [key, answer]: [JWK, RequestListener | null] = [await newKey(), null]
  const asked: string[] = []
  const server = createServer((request, reply) => {
    asked.push(String(request.url))
    return (answer ?? provide)(request, reply)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let pages: string | undefined
  let provide = providerOf({ issuer, key, people })
  return {
    issuer,
    asked,
    key: () => key,
    letPagesIn: (origin) => {
      pages = origin
      provide = providerOf({ issuer, key, people, pages })
    },
    rotate: async () => {
      key = await newKey()
      provide = providerOf({ issuer, key, people, pages })
    },
    answerWith: (given) => {
      answer = given
    },
    tokenFor: (name) => askForToken(issuer, name, people[name] as Person),
  }
}

interface Provided {
  readonly issuer: string
  readonly key: JWK
  readonly people: Readonly<Record<string, Person>>
  readonly pages?: string | undefined
}

function providerOf({ issuer, key, people, pages }: Provided) {
  const machines = Object.keys(people).map((name) => ({
    client_id: name,
    client_secret: name,
    redirect_uris: [],
    response_types: [],
    grant_types: ['client_credentials'],
    token_endpoint_auth_method: 'client_secret_post',
    id_token_signed_response_alg: 'ES256',
  }))
  const browsers = pages === undefined ? [] : [clientOf(`${pages}/`)]
  const resource = (_context: unknown, audience: string, { clientId }: { clientId: string }) => ({
    scope: clientId === PAGES_CLIENT ? ALL_SCOPES : people[clientId]?.scope,
    audience,
    accessTokenFormat: 'jwt',
    accessTokenTTL: 3600,
    jwt: { sign: { alg: 'ES256' } },
  })
  const claims = (_context: unknown, { accountId, clientId }: Given) => ({
    office: people[accountId ?? clientId]?.office,
  })
  const features = {
    devInteractions: { enabled: pages !== undefined },
    clientCredentials: { enabled: true },
    resourceIndicators: { enabled: true, getResourceServerInfo: resource },
  }
  const provider = new Provider(issuer, {
    clients: [...machines, ...browsers],
    clientBasedCORS: () => true,
    formats: { customizers: { jwt: asThePerson(people) } },
    jwks: { keys: [key] },
    features,
    extraTokenClaims: claims,
    cookies: { keys: ['a test needs none'] },
  })
  return provider.callback()
}

const ALL_SCOPES = 'decisions:write decisions:read audit privacy'

interface Given {
  readonly accountId?: string
  readonly clientId: string
}

/** The pages as a client: public, with the code flow. */
const clientOf = (address: string) => ({
  client_id: PAGES_CLIENT,
  redirect_uris: [address],
  post_logout_redirect_uris: [address],
  response_types: ['code'],
  grant_types: ['authorization_code'],
  token_endpoint_auth_method: 'none',
  id_token_signed_response_alg: 'ES256',
})

interface Token {
  readonly payload: Record<string, unknown>
}

/** A token of the pages holds what the person may, not all that the pages asked for. */
const asThePerson =
  (people: Readonly<Record<string, Person>>) =>
  (_context: unknown, { accountId = '' }: Given, { payload }: Token) => {
    const person = people[accountId]
    if (person === undefined) return
    payload.scope = person.scope
    if (person.audience !== undefined) payload.aud = person.audience
    if (person.lasts !== undefined) payload.exp = Number(payload.iat) + person.lasts
  }

async function askForToken(issuer: string, name: string, person: Person): Promise<string> {
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: name,
      client_secret: name,
      scope: person.scope,
      resource: person.audience ?? AUDIENCE,
    }),
  })
  const { access_token: token, ...rest } = (await answer.json()) as { access_token?: string }
  if (token === undefined) throw new Error(JSON.stringify(rest))
  return token
}
