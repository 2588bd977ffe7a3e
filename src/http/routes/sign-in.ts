import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { SCOPES } from '../access/caller.js'
import { answers } from '../describe.js'
import type { AppParts } from '../parts.js'

const SignIn = z
  .strictObject({
    keys: z.boolean().meta({ description: 'Whether local keys are accepted' }),
    provider: z
      .strictObject({
        issuer: z.string(),
        clientId: z.string().meta({ description: 'The pages at the provider: a public client' }),
        scope: z.string().meta({ description: 'What the pages ask for, with spaces between' }),
        resource: z.string().nullable().meta({
          description: 'The audience of the token to ask for (RFC 8707); null when it is no URI',
        }),
      })
      .nullable()
      .meta({ description: 'Where people sign in; null where there is no such place' }),
  })
  .meta({ id: 'SignIn', description: 'How people sign in on the pages' })

/** `openid` for the ID token; the provider gives those of the others that the person has. */
const SCOPE = ['openid', ...SCOPES].join(' ')

type SignInParts = Pick<AppParts, 'settings' | 'authenticate'>

/** The issuer that people sign in with on the pages, where there is one. */
export function pagesIssuer({ settings }: SignInParts): string | undefined {
  return providerOf(settings)?.issuer
}

/** GET /v1/sign-in: what the pages need to know before anyone has signed in. */
export function signInRoutes(app: FastifyInstance, parts: SignInParts): void {
  const schema = {
    operationId: 'howToSignIn',
    tags: ['service'],
    summary: 'How people sign in on the pages',
    response: answers('The ways to sign in', SignIn, [429]),
  }
  const answer = { keys: parts.authenticate !== undefined, provider: providerOf(parts.settings) }
  app.get('/v1/sign-in', { schema, config: { open: true } }, async () => answer)
}

function providerOf(settings: AppParts['settings']): z.output<typeof SignIn>['provider'] {
  const { OIDC_CLIENT_ID: clientId, OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience } = settings
  if (clientId === undefined || issuer === undefined || audience === undefined) return null
  return { issuer, clientId, scope: SCOPE, resource: URL.canParse(audience) ? audience : null }
}
