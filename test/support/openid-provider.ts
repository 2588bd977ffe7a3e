import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { Provider } from 'oidc-provider'

type Teardown = { teardown(end: () => unknown): unknown }

/** What the service is called at the provider. */
export const AUDIENCE = 'urn:huimin'

/** Who signs in: by `client_credentials`, so the name is the `sub` of the token. */
export interface Person {
  readonly scope: string
  readonly office?: unknown
  readonly audience?: string
}

/** A provider that listens, and what tests do to it. */
export interface OpenIdProvider {
  readonly issuer: string
  /** An access token for a person, as the provider gives it. */
  readonly tokenFor: (name: string) => Promise<string>
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
  let provide = providerOf(issuer, key, people)
  return {
    issuer,
    asked,
    key: () => key,
    rotate: async () => {
      key = await newKey()
      provide = providerOf(issuer, key, people)
    },
    answerWith: (given) => {
      answer = given
    },
    tokenFor: (name) => askForToken(issuer, name, people[name] as Person),
  }
}

function providerOf(issuer: string, key: JWK, people: Readonly<Record<string, Person>>) {
  const clients = Object.keys(people).map((name) => ({
    client_id: name,
    client_secret: name,
    redirect_uris: [],
    response_types: [],
    grant_types: ['client_credentials'],
    token_endpoint_auth_method: 'client_secret_post',
    id_token_signed_response_alg: 'ES256',
  }))
  const resource = (_context: unknown, audience: string, { clientId }: { clientId: string }) => ({
    scope: people[clientId]?.scope,
    audience,
    accessTokenFormat: 'jwt',
    accessTokenTTL: 3600,
    jwt: { sign: { alg: 'ES256' } },
  })
  const claims = (_context: unknown, { clientId }: { clientId: string }) => ({
    office: people[clientId]?.office,
  })
  const features = {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: { enabled: true, getResourceServerInfo: resource },
  }
  const provider = new Provider(issuer, {
    clients,
    jwks: { keys: [key] },
    features,
    extraTokenClaims: claims,
    cookies: { keys: ['a test needs none'] },
  })
  return provider.callback()
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
