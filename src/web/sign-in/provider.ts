import * as oauth from 'oauth4webapi'
import type { Schemas } from '../api/client.ts'
import type { SignedIn } from '../shell/session.tsx'
import type { Attempt } from './attempt.ts'

export type Provider = NonNullable<Schemas['SignIn']['provider']>

/** Why nobody was signed in; `code` is the provider's own, where it gave one. */
export interface Failure {
  readonly kind: 'denied' | 'stale' | 'away' | 'refused' | 'untrusted'
  readonly code?: string
}

const PATIENCE = 15_000
/** Says that a provider has no time or a fault of its own (RFC 6749, 4.1.2.1). */
const AWAY = ['temporarily_unavailable', 'server_error']

/** An attempt to sign in, and the address at the provider where it goes on: code flow with PKCE. */
export async function prepareSignIn(
  provider: Provider,
  back: string,
): Promise<{ readonly attempt: Attempt; readonly address: string }> {
  const { authorization_endpoint: endpoint } = await discovered(provider)
  if (endpoint === undefined) throw new Error('no authorization endpoint')
  const verifier = oauth.generateRandomCodeVerifier()
  const attempt = {
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    verifier,
    back,
  }
  const { clientId, scope, resource } = provider
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: ownAddress(),
    scope,
    ...(resource !== null && { resource }),
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  const address = new URL(endpoint)
  for (const [name, value] of query) address.searchParams.set(name, value)
  return { attempt, address: address.href }
}

/**
 * Exchanges what the provider sent back for a token, once state, issuer and nonce are as they were
 * sent. Rejects with what `failureOf` understands.
 */
export async function finishSignIn(
  provider: Provider,
  { state, nonce, verifier }: Attempt,
  returned: URLSearchParams,
): Promise<SignedIn> {
  const server = await discovered(provider)
  const client = { client_id: provider.clientId }
  const checked = oauth.validateAuthResponse(server, client, returned, state)
  const { clientId, resource } = provider
  const answer = await oauth.authorizationCodeGrantRequest(
    ...([server, client, oauth.None(), checked, ownAddress(), verifier] as const),
    {
      ...asking(provider),
      ...(resource !== null && { additionalParameters: { resource } }),
    },
  )
  const expected = { expectedNonce: nonce, requireIdToken: true }
  const given = await oauth.processAuthorizationCodeResponse(server, client, answer, expected)
  const claims = oauth.getValidatedIdTokenClaims(given)
  const name = claims?.name ?? claims?.preferred_username ?? claims?.sub
  return {
    token: given.access_token,
    name: typeof name === 'string' ? name : null,
    until: given.expires_in === undefined ? null : Date.now() + given.expires_in * 1_000,
    end: endAddress(server.end_session_endpoint, clientId, given.id_token),
  }
}

/** What went wrong, for the words. */
export function failureOf(error: unknown): Failure {
  if (error instanceof oauth.AuthorizationResponseError) {
    if (error.error === 'access_denied') return { kind: 'denied' }
    return { kind: AWAY.includes(error.error) ? 'away' : 'refused', code: error.error }
  }
  if (error instanceof oauth.ResponseBodyError)
    return { kind: error.error === 'invalid_grant' ? 'stale' : 'refused', code: error.error }
  if (error instanceof ProviderAway || error instanceof TypeError || isTimeout(error))
    return { kind: 'away' }
  return { kind: 'untrusted' }
}

/** The provider does not describe itself. */
class ProviderAway extends Error {}

async function discovered(provider: Provider): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(provider.issuer)
  try {
    const answer = await oauth.discoveryRequest(issuer, asking(provider))
    return await oauth.processDiscoveryResponse(issuer, answer)
  } catch (error) {
    throw new ProviderAway('discovery', { cause: error })
  }
}

const isTimeout = (error: unknown) => error instanceof DOMException && error.name === 'TimeoutError'

/** The service allows an issuer in the clear on its own machine only. */
const asking = ({ issuer }: Provider) => ({
  [oauth.allowInsecureRequests]: issuer.startsWith('http:'),
  signal: () => AbortSignal.timeout(PATIENCE),
})

/** Where the provider sends people back to: the addresses of the screens stand after `#`. */
const ownAddress = () => `${location.origin}/`

/** Where signing out goes on (OpenID Connect RP-Initiated Logout 1.0); null when it ends here. */
function endAddress(endpoint: string | undefined, client: string, hint = ''): string | null {
  if (endpoint === undefined) return null
  const address = new URL(endpoint)
  address.searchParams.set('client_id', client)
  address.searchParams.set('id_token_hint', hint)
  address.searchParams.set('post_logout_redirect_uri', ownAddress())
  return address.href
}
